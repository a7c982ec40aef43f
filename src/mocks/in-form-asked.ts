import type { ChatRequest } from '../protocol/index.ts'
import type { Answer } from './answer.ts'
import { offersOf } from './offers.ts'

/** An answer whose calls have the form in which the request offers their tools. */
export function inFormAsked(answer: Answer, request: ChatRequest): Answer {
  if (answer.calls.length === 0) return answer
  const kinds = new Map(offersOf(request).map(({ name, kind }) => [name, kind]))
  const calls = answer.calls.map((call) => ({ ...call, kind: kinds.get(call.name) ?? 'function' }))
  const { finishReason } = answer
  if (calls[0]!.kind !== 'legacy') return { ...answer, calls }
  // Before there were tools, a turn called one function.
  return {
    ...answer,
    calls: calls.slice(0, 1),
    finishReason: finishReason === 'tool_calls' ? 'function_call' : finishReason,
  }
}
