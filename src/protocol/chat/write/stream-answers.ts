import type { Schedule } from '../../dialect.ts'
import type { Answer } from '../../answer.ts'
import { type ChatChunk, DONE } from '../chat-chunk.ts'
import type { JsonObject } from '../../json/json.ts'
import type { Usage } from '../../usage.ts'
import { type EventFrame, eventStreamReply, type Reply } from '../../../wire/index.ts'
import { deltasOfCall } from './call-forms.ts'
import { cutText } from './cut-text.ts'
import type { Identity } from './identity.ts'
import type { ChoiceLogprobs } from './choice-logprobs.ts'

type Choice = ChatChunk['choices'][number]
type Delta = Choice['delta'] | JsonObject

interface Said {
  readonly delta: Delta
  readonly logprobs?: ChoiceLogprobs | null
}

/** A choice of a chunk, as JSON, and the token it carries, counted from 0. */
interface Piece {
  readonly json: string
  /** Negative before the first token is waited for. */
  readonly token: number
  /** Whether it ends its choice: with the last token, or when the answer is over. */
  readonly isLast: boolean
}

/**
 * Writes answers as a stream of chunks, as OpenAI does: the role first, then the deltas, a chunk of
 * its own for each finish reason, the usage when it was asked for, `[DONE]`.
 */
export function streamAnswers(
  answers: readonly Answer[],
  identity: Identity,
  usage: Usage | undefined,
  schedule: Schedule = () => [0],
): Reply {
  const pieces = interleave(answers.map((answer, index) => piecesOf(answer, index, identity)))
  const count = pieces.reduce((most, { token }) => Math.max(most, token + 1), 1)
  const times = schedule(count)
  const last = times.at(-1)!

  // A chunk differs from the next one in its choice alone.
  const envelope = JSON.stringify({ ...identity.envelope, object: 'chat.completion.chunk' })
  const opening = `${envelope.slice(0, -1)},"choices":[`
  const closing = usage ? '],"usage":null}' : ']}'
  const frames = pieces.map(({ json, token, isLast }): EventFrame => ({
    kind: 'event',
    atMs: token < 0 ? 0 : isLast && token === count - 1 ? last : (times[token] ?? last),
    data: opening + json + closing,
  }))
  if (usage) {
    const data = `${opening}],"usage":${JSON.stringify(usage)}}`
    frames.push({ kind: 'event', atMs: last, data })
  }
  frames.push({ kind: 'event', atMs: last, data: DONE })
  return eventStreamReply(frames)
}

/** Answers that are given often are cut up once. Ids of calls differ from request to request. */
const known = new WeakMap<Answer, Map<number, readonly Piece[]>>()

function piecesOf(answer: Answer, index: number, identity: Identity): readonly Piece[] {
  if (answer.calls.length > 0) return cutUp(answer, index, identity)
  let byIndex = known.get(answer)
  if (!byIndex) known.set(answer, (byIndex = new Map<number, readonly Piece[]>()))
  let pieces = byIndex.get(index)
  if (!pieces) byIndex.set(index, (pieces = cutUp(answer, index, identity)))
  return pieces
}

function cutUp(answer: Answer, index: number, identity: Identity): Piece[] {
  const { text, calls, finishReason, reasoning = '', refusal = '', bufferWords = '' } = answer
  const { scored } = answer
  const said = (part: 'bufferWords' | 'text' | 'refusal'): readonly Said[] => {
    const member = part === 'refusal' ? 'refusal' : 'content'
    return scored
      ? scored[part].map(({ text: piece, tokens }) => ({
          delta: { [member]: piece },
          logprobs: { content: null, refusal: null, [member]: tokens },
        }))
      : cutText(answer[part] ?? '').map((piece) => ({ delta: { [member]: piece } }))
  }
  const fragments = calls.map((call, i) =>
    deltasOfCall(call, i, call.id ?? identity.callId(index, i)),
  )
  const silent = text === '' && bufferWords === '' && (calls.length > 0 || refusal !== '')
  const before: Said[] = [
    {
      delta: { role: 'assistant', content: silent ? null : '' },
      logprobs: scored ? { content: [], refusal: null } : null,
    },
    ...said('bufferWords'),
  ]
  const tokens: Said[] = [
    ...cutText(reasoning).map((piece) => ({ delta: { reasoning_content: piece } })),
    ...said('text'),
    ...said('refusal'),
    ...(answer.interleave ? interleave(fragments) : fragments.flat()).map((delta) => ({ delta })),
  ]
  const pieceOf = (
    { delta, logprobs = null }: Said,
    token: number,
    finish_reason: Choice['finish_reason'] = null,
  ) => ({
    json: JSON.stringify({ index, delta, logprobs, finish_reason }),
    token,
    isLast: finish_reason !== null,
  })
  return [
    // The role comes with the first token, unless something is said before.
    ...before.map((each) => pieceOf(each, bufferWords === '' ? 0 : -1)),
    ...tokens.map((each, token) => pieceOf(each, token)),
    pieceOf({ delta: {} }, Math.max(0, tokens.length - 1), finishReason),
  ]
}

/** Takes one element of each list in turn. */
function interleave<T>(lists: readonly (readonly T[])[]): readonly T[] {
  if (lists.length === 1) return lists[0]!
  const longest = Math.max(...lists.map((list) => list.length))
  return Array.from({ length: longest }, (_, i) =>
    lists.flatMap((list) => list.slice(i, i + 1)),
  ).flat()
}
