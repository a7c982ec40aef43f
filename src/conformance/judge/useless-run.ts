import type { Evidence } from '../evidence/evidence.ts'
import { findGap } from '../evidence/find-gap.ts'
import { clip } from '../../wire/index.ts'
import { asksForStream, isProbeId } from '../probes/define-probe.ts'

/** Fewer replies may be alike by chance. */
const MIN_REPLIES = 3
const MAX_QUOTED = 60
/** Texts of one length that begin and end alike, for so many characters, are taken to be the same. */
const MAX_SEEN = 1_000

/** What is seen of an answer, and is small. */
export interface Glimpse {
  readonly status: number
  readonly request: string | null
  readonly isReply: boolean
  readonly isCut: boolean
  readonly text: { readonly length: number; readonly start: string; readonly end: string }
}

/** Glances at an answer; nothing for one in which no stream was asked for. */
export function glimpseOf(evidence: Evidence): Glimpse[] {
  const { probe, exchange, counts, reply } = evidence
  if (!isProbeId(probe) || !asksForStream(probe) || !exchange?.response) return []
  const text = reply.choices[0]?.content.trim() ?? ''
  return [
    {
      status: exchange.response.status,
      request: exchange.request.body,
      isReply: counts.choices > 0,
      isCut:
        findGap(['chunks'], evidence) === undefined &&
        findGap(['untruncated'], evidence) !== undefined,
      text: { length: text.length, start: text.slice(0, MAX_SEEN), end: text.slice(-MAX_SEEN) },
    },
  ]
}

/** Says what makes a run worth little, whatever its verdict: answers that show nothing of the model. */
export function warnOfUselessRun(asked: readonly Glimpse[]): string[] {
  if (asked.length < MIN_REPLIES) return []
  const replies = asked.filter(({ isReply }) => isReply)
  return [...ofRefusals(asked), ...ofTruncation(replies), ...ofSameness(replies)]
}

function ofRefusals(asked: readonly Glimpse[]): string[] {
  const statuses = [...new Set(asked.map(({ status }) => status))]
  if (statuses.some((status) => status < 400)) return []
  const [status] = statuses
  if (statuses.length > 1) {
    return [
      `every request was refused (status ${statuses.toSorted((a, b) => a - b).join(', ')}): no reply was judged`,
    ]
  }
  return [
    `every request was refused with status ${status}: ${REMEDIES[status!] ?? 'no reply was judged'}`,
  ]
}

const REMEDIES: Readonly<Record<number, string>> = {
  401: 'check the API key',
  403: 'check the key and what it may do, and any firewall on the way',
  404: 'check the path of the URL, and the name of the model',
  429: 'wait, or raise the rate limit',
}

function ofTruncation(replies: readonly Glimpse[]): string[] {
  return replies.length >= MIN_REPLIES && replies.every(({ isCut }) => isCut)
    ? ['every reply was cut at its token limit: raise it, or ask a model that reasons less']
    : []
}

function ofSameness(replies: readonly Glimpse[]): string[] {
  const requests = new Set(replies.map(({ request }) => request))
  if (requests.size < MIN_REPLIES) return []
  const { length, start } = replies[0]!.text
  if (length === 0 || !replies.every(({ text }) => isSame(text, replies[0]!.text))) return []
  return [`every reply says the same, whatever was asked: "${clip(start, MAX_QUOTED)}"`]
}

function isSame(a: Glimpse['text'], b: Glimpse['text']): boolean {
  return a.length === b.length && a.start === b.start && a.end === b.end
}
