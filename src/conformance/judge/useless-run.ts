import type { Evidence } from '../evidence/evidence.ts'
import { findGap } from '../evidence/find-gap.ts'
import { asksForStream, isProbeId } from '../probes/define-probe.ts'

/** Fewer replies may be alike by chance. */
const MIN_REPLIES = 3
const MAX_QUOTED = 60

/** Says what makes a run worth little, whatever its verdict: answers that show nothing of the model. */
export function warnOfUselessRun(evidence: readonly Evidence[]): string[] {
  const asked = evidence.filter(
    ({ probe, exchange }) => isProbeId(probe) && asksForStream(probe) && exchange?.response,
  )
  if (asked.length < MIN_REPLIES) return []
  const replies = asked.filter(({ counts }) => counts.choices > 0)
  return [...ofRefusals(asked), ...ofTruncation(replies), ...ofSameness(replies)]
}

function ofRefusals(asked: readonly Evidence[]): string[] {
  const statuses = [...new Set(asked.map(({ exchange }) => exchange?.response?.status ?? 0))]
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

function ofTruncation(replies: readonly Evidence[]): string[] {
  const isCut = (each: Evidence) =>
    findGap(['chunks'], each) === undefined && findGap(['untruncated'], each)
  return replies.length >= MIN_REPLIES && replies.every(isCut)
    ? ['every reply was cut at its token limit: raise it, or ask a model that reasons less']
    : []
}

function ofSameness(replies: readonly Evidence[]): string[] {
  const requests = new Set(replies.map(({ exchange }) => exchange?.request.body))
  if (requests.size < MIN_REPLIES) return []
  const textOf = ({ reply }: Evidence) => reply.choices[0]!.content.trim()
  const text = textOf(replies[0]!)
  if (text === '' || replies.some((each) => textOf(each) !== text)) return []
  const quoted = text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text
  return [`every reply says the same, whatever was asked: "${quoted}"`]
}
