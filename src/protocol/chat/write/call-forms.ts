import type { JsonObject } from '../../json/json.ts'
import type { PlannedCall } from '../../answer.ts'
import { cutText } from './cut-text.ts'

/** Writes calls as a message has them, in the form in which their tools are offered. */
export function callsOfMessage(
  calls: readonly PlannedCall[],
  idOf: (call: PlannedCall, index: number) => string,
): JsonObject {
  const [first] = calls
  if (!first) return {}
  if (first.kind === 'legacy') {
    return { function_call: { name: first.name, arguments: first.arguments } }
  }
  return {
    tool_calls: calls.map((call, i) => {
      const { name } = call
      const kind = call.kind === 'custom' ? 'custom' : 'function'
      const argument = ARGUMENT[kind]
      return { id: idOf(call, i), type: kind, [kind]: { name, [argument]: call.arguments } }
    }),
  }
}

/**
 * Writes a call as the deltas of a stream have it: its name first, then what it is called with.
 *
 * @see https://github.com/openai/openai-openapi/issues/576 for calls with text
 */
export function deltasOfCall(call: PlannedCall, index: number, id: string): JsonObject[] {
  const { kind = 'function', name } = call
  const pieces = cutText(call.arguments)
  if (kind === 'legacy') {
    return [{ name, arguments: '' }, ...pieces.map((piece) => ({ arguments: piece }))].map(
      (fragment) => ({ function_call: fragment }),
    )
  }
  const argument = ARGUMENT[kind]
  return [
    { index, id, type: kind, [kind]: { name, [argument]: '' } },
    ...pieces.map((piece) => ({ index, [kind]: { [argument]: piece } })),
  ].map((fragment) => ({ tool_calls: [fragment] }))
}

/** What a call is called with, by the kind of its tool. */
const ARGUMENT = { function: 'arguments', custom: 'input' } as const
