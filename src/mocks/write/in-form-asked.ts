import {
  type Answer,
  type ChatRequest,
  choiceOf,
  type FinishReason,
  offersOf,
} from '../../protocol/index.ts'

/**
 * An answer whose calls have the form in which the request offers their tools; where it names the
 * one to call, they are no reason to end, as from OpenAI.
 *
 * @see https://github.com/vllm-project/vllm/pull/25054
 */
export function inFormAsked(answer: Answer, request: ChatRequest): Answer {
  if (answer.calls.length === 0) return answer
  const kinds = new Map(offersOf(request).map(({ name, kind }) => [name, kind]))
  const calls = answer.calls.map((call) => ({ ...call, kind: kinds.get(call.name) ?? 'function' }))
  const { finishReason } = answer
  const isNamed = typeof choiceOf(request).choice === 'object'
  const ended = (reason: FinishReason) =>
    finishReason === 'tool_calls' ? (isNamed ? 'stop' : reason) : finishReason
  if (calls[0]!.kind !== 'legacy') return { ...answer, calls, finishReason: ended('tool_calls') }
  // Before there were tools, a turn called one function.
  return { ...answer, calls: calls.slice(0, 1), finishReason: ended('function_call') }
}
