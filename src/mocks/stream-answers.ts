import { type ChatChunk, DONE, type ToolCallDelta, type Usage } from '../protocol/index.ts'
import { type EventFrame, eventStreamReply, type Reply } from '../wire/index.ts'
import type { Answer } from './answer.ts'
import { cutText } from './cut-text.ts'
import type { Identity } from './identity.ts'

type Choice = ChatChunk['choices'][number]

/**
 * Writes answers as a stream of chunks, as OpenAI does: the role first, then the deltas, a chunk of
 * its own for each finish reason, the usage when it was asked for, `[DONE]`.
 */
export function streamAnswers(
  answers: readonly Answer[],
  identity: Identity,
  usage: Usage | undefined,
): Reply {
  const envelope = { ...identity.envelope, object: 'chat.completion.chunk' } as const
  const nullUsage = usage ? { usage: null } : {}
  const chunks: ChatChunk[] = interleave(
    answers.map((answer, index) => choicesOf(answer, index, identity)),
  ).map((choice) => ({ ...envelope, choices: [choice], ...nullUsage }))
  if (usage) chunks.push({ ...envelope, choices: [], usage })
  const frames = [...chunks.map((chunk) => JSON.stringify(chunk)), DONE].map(
    (data): EventFrame => ({ kind: 'event', atMs: 0, data }),
  )
  return eventStreamReply(frames)
}

function choicesOf(answer: Answer, index: number, identity: Identity): Choice[] {
  const { text, calls, finishReason } = answer
  const deltas: Choice['delta'][] = [
    { role: 'assistant', content: calls.length > 0 && text === '' ? null : '' },
    ...cutText(text).map((content) => ({ content })),
    ...calls.flatMap((call, i) => fragmentsOf(call, i, identity.callId(index, i))),
  ]
  return [
    ...deltas.map((delta) => ({ index, delta, finish_reason: null })),
    { index, delta: {}, finish_reason: finishReason },
  ]
}

function fragmentsOf(call: Answer['calls'][number], index: number, id: string): Choice['delta'][] {
  const opening: ToolCallDelta = {
    index,
    id,
    type: 'function',
    function: { name: call.name, arguments: '' },
  }
  const rest = cutText(JSON.stringify(call.arguments)).map((piece): ToolCallDelta => ({
    index,
    function: { arguments: piece },
  }))
  return [opening, ...rest].map((fragment) => ({ tool_calls: [fragment] }))
}

/** Takes one element of each list in turn. */
function interleave<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(...lists.map((list) => list.length))
  return Array.from({ length: longest }, (_, i) =>
    lists.flatMap((list) => list.slice(i, i + 1)),
  ).flat()
}
