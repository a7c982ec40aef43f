import type { Evidence } from '../evidence/evidence.ts'

/** The end of a sentence, once something follows it. */
const SENTENCE_END = /[.!?…]["'”’)]*\s|[。！？]/u

/** When the parts of an answer came, in milliseconds from the request; `undefined` for what never came. */
export interface Timing {
  readonly headMs: number | undefined
  readonly firstByteMs: number | undefined
  /** The first chunk that names a role. */
  readonly roleMs: number | undefined
  readonly firstContentMs: number | undefined
  readonly firstSentenceMs: number | undefined
  /** The terminator. */
  readonly doneMs: number | undefined
  readonly totalMs: number | undefined
}

/** Reads off an exchange when the parts of its answer came. */
export function timingOf(evidence: Evidence): Timing {
  const { chunks, done, exchange, reply } = evidence
  const content = reply.pieces.filter(({ delta }) => delta && carriesContent(delta))
  let text = ''
  const sentence = content.find(({ delta }) => {
    text += typeof delta!['content'] === 'string' ? delta!['content'] : ''
    return SENTENCE_END.test(text)
  })
  const arrival = (piece: { chunk: number } | undefined) =>
    piece && (chunks[piece.chunk]!.event.atMs ?? undefined)
  return {
    headMs: exchange?.response?.atMs,
    firstByteMs: exchange?.arrivals[0]?.atMs,
    roleMs: arrival(reply.pieces.find(({ delta }) => typeof delta?.['role'] === 'string')),
    firstContentMs: arrival(content[0]),
    // A text without an inner sentence end can be spoken when it is over.
    firstSentenceMs: text === '' ? undefined : arrival(sentence ?? content.at(-1)),
    doneMs: done?.event.atMs ?? undefined,
    totalMs: exchange?.end.atMs,
  }
}

function carriesContent(delta: Record<string, unknown>): boolean {
  const { content, tool_calls: calls } = delta
  return (
    (typeof content === 'string' && content !== '') || (Array.isArray(calls) && calls.length > 0)
  )
}
