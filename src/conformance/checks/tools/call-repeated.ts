import { isJsonObject, type Json, type JsonObject } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { entriesOf } from '../../observe/entries-of.ts'
import { onceFor } from '../../observe/once-for.ts'
import { issue, OPENAI_TOOLS } from '../../check/sources.ts'
import { type Draft, editStream, sayOtherwise } from '../../faults/index.ts'

export default defineCheck({
  id: 'tools/call-repeated',
  title: 'A call is made once: not twice in a reply, nor again when its result is there',
  severity: 'info',
  since: '2026-11',
  requirement: {
    text: 'Each call of a reply is executed, and its result sent back',
    ...OPENAI_TOOLS,
    seenIn: issue('mudler/LocalAI', 9722),
  },
  effect: 'The platform runs the tool twice: two bookings, or two messages.',
  fix: 'See whether your server parses a call both while it streams and at the end; a model may also repeat itself.',
  probes: 'every-stream',
  needs: ['tool-calls'],
  dependsOnModel: 'choice',
  *inspect(evidence) {
    const answered = answeredCalls(evidence.request)
    for (const { calls } of evidence.reading.choices) {
      const made = new Set<string>()
      const again = calls.filter((call) => {
        const key = keyOf(call)
        return key !== undefined && made.size === made.add(key).size
      })
      yield* onceFor(
        calls.filter((call) => answered.has(keyOf(call))),
        ({ name, arguments: args, opening }) => ({
          message: `The reply calls ${name} with arguments whose result it has just been told.`,
          expected: 'a reply that uses the result',
          actual: args,
          ...evidence.where(opening),
        }),
      )
      yield* onceFor(again, ({ name, arguments: args, opening }) => ({
        message: `The reply calls ${name} twice with the same arguments.`,
        expected: 'one call',
        actual: args,
        ...evidence.where(opening),
      }))
    }
  },
  mutants: {},
  mutantsIn: {
    chat: {
      'tool-call-twice': editStream((chunks) => {
        const fragmentsOf = (chunk: Draft): Draft[] =>
          chunk.choices.flatMap((choice: Draft) => choice.delta.tool_calls ?? [])
        const calls = Math.max(0, ...chunks.flatMap(fragmentsOf).map(({ index }) => index + 1))
        return chunks.flatMap((chunk) => {
          const again = structuredClone(chunk)
          for (const fragment of fragmentsOf(again)) {
            fragment.index += calls
            if (fragment.id) fragment.id += '-again'
          }
          return fragmentsOf(again).length > 0 ? [chunk, again] : chunk
        })
      }),
    },
    responses: {
      'tool-call-twice': sayOtherwise(({ calls, ...answer }) =>
        calls.length === 0 ? undefined : { ...answer, calls: [...calls, ...calls] },
      ),
    },
  },
})

interface Made {
  readonly name?: string | undefined
  readonly arguments: string
}

/** Of the same call the same, however its arguments are written. */
function keyOf({ name, arguments: args }: Made): string | undefined {
  const entries = entriesOf(args)
  return name === undefined || entries === undefined ? undefined : JSON.stringify([name, entries])
}

/** The calls of which a request tells the results, since the caller has spoken last. */
function answeredCalls(request: JsonObject | undefined): ReadonlySet<string | undefined> {
  const messages = request && Array.isArray(request['messages']) ? request['messages'] : []
  const history = messages.filter(isJsonObject)
  const turn = history.slice(history.findLastIndex(({ role }) => role === 'user') + 1)
  const answered = new Set<unknown>(turn.map(({ tool_call_id: id }) => id))
  const calls = turn.flatMap(({ tool_calls: made }) => (Array.isArray(made) ? made : []))
  return new Set(
    calls
      .filter(isJsonObject)
      .flatMap(({ id, function: called }) =>
        typeof id === 'string' && answered.has(id) && isMade(called) ? (keyOf(called) ?? []) : [],
      ),
  )
}

function isMade(called: Json | undefined): called is JsonObject & Made {
  return (
    called !== undefined &&
    isJsonObject(called) &&
    typeof called['name'] === 'string' &&
    typeof called['arguments'] === 'string'
  )
}
