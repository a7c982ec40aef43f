import type { Evidence } from '../evidence/evidence.ts'
import { findGap } from '../check/find-gap.ts'
import { asksForStream, isProbeId } from '../probe-ids.ts'

/** Fewer replies may be alike by chance. */
const MIN_REPLIES = 3

/** What is seen of an answer, and is small. */
export interface Glimpse {
  readonly status: number
  readonly isReply: boolean
  readonly isCut: boolean
}

/** Glances at an answer; nothing for one in which no stream was asked for. */
export function glimpseOf(evidence: Evidence): Glimpse[] {
  const { probe, exchange, counts } = evidence
  if (!isProbeId(probe) || !asksForStream(probe) || !exchange?.response) return []
  return [
    {
      status: exchange.response.status,
      isReply: counts.choices > 0,
      isCut:
        findGap(['chunks'], evidence) === undefined &&
        findGap(['untruncated'], evidence) !== undefined,
    },
  ]
}

/** Says what makes a run worth little, whatever its verdict: answers that show nothing of the model. */
export function warnOfUselessRun(asked: readonly Glimpse[]): string[] {
  if (asked.length < MIN_REPLIES) return []
  const replies = asked.filter(({ isReply }) => isReply)
  return [...ofRefusals(asked), ...ofTruncation(replies)]
}

function ofRefusals(asked: readonly Glimpse[]): string[] {
  const statuses = [...new Set(asked.map(({ status }) => status))]
  if (statuses.some((status) => status < 400)) return []
  const [status] = statuses
  if (statuses.length > 1) {
    return [
      `every request for a reply was refused (status ${statuses.toSorted((a, b) => a - b).join(', ')}): no reply was judged`,
    ]
  }
  return [
    `every request for a reply was refused with status ${status}: ${REMEDIES[status!] ?? 'no reply was judged'}`,
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
