import type { Evidence } from '../evidence/evidence.ts'
import type { CheckReport, Distribution } from './check-report-schema.ts'

/** The end of a sentence, once something follows it. */
const SENTENCE_END = /[.!?…]["'”’)]*\s|[。！？]/u

interface Timing {
  readonly firstByteMs: number | undefined
  readonly firstContentMs: number | undefined
  readonly firstSentenceMs: number | undefined
  readonly totalMs: number | undefined
}

/** When the parts of a streamed reply came: first byte, first content, first whole sentence, the end. */
function timingOf(evidence: Evidence): Timing {
  const content = evidence.reply.pieces.filter(({ delta }) => delta && carriesContent(delta))
  let text = ''
  const sentence = content.find(({ delta }) => {
    text += typeof delta!['content'] === 'string' ? delta!['content'] : ''
    return SENTENCE_END.test(text)
  })
  const arrival = (piece: { chunk: number } | undefined) =>
    piece && (evidence.chunks[piece.chunk]!.event.atMs ?? undefined)
  return {
    firstByteMs: evidence.exchange?.arrivals[0]?.atMs,
    firstContentMs: arrival(content[0]),
    // A text without an inner sentence end can be spoken when it is over.
    firstSentenceMs: text === '' ? undefined : arrival(sentence ?? content.at(-1)),
    totalMs: evidence.exchange?.end.atMs,
  }
}

function carriesContent(delta: Record<string, unknown>): boolean {
  const { content, tool_calls: calls } = delta
  return (
    (typeof content === 'string' && content !== '') || (Array.isArray(calls) && calls.length > 0)
  )
}

/** Sums up the timings of all replies that streamed. */
export function summarizeLatency(evidence: readonly Evidence[]): CheckReport['latency'] {
  const timings = evidence.filter(({ chunks }) => chunks.length > 0).map(timingOf)
  const of = (name: keyof Timing) => distribution(timings.flatMap((timing) => timing[name] ?? []))
  return {
    firstByteMs: of('firstByteMs'),
    firstContentMs: of('firstContentMs'),
    firstSentenceMs: of('firstSentenceMs'),
    totalMs: of('totalMs'),
  }
}

function distribution(values: readonly number[]): Distribution {
  const sorted = values.toSorted((a, b) => a - b)
  return {
    count: sorted.length,
    min: sorted[0] ?? null,
    p50: sorted[Math.floor((sorted.length - 1) / 2)] ?? null,
    max: sorted.at(-1) ?? null,
  }
}
