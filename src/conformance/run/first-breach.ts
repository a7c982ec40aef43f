import type { ExchangeReading } from '../../protocol/index.ts'
import { headerValue } from '../../wire/index.ts'
import { describeAnswer } from '../observe/describe-answer.ts'
import { Evidence } from '../evidence/evidence.ts'
import { judgeInSteps } from '../judge/judge.ts'
import { toEnd } from '../judge/to-end.ts'
import { isProbeId } from '../probe-ids.ts'
import { decisiveChecks } from './decisive-checks.ts'

/** What is wrong with an answer. */
interface Breach {
  /** The first check that it fails; `null` where none is needed to tell. */
  readonly check: string | null
  /** In a line. */
  readonly seen: string
}

/**
 * What is wrong with an answer, however fast it was: what a proxy failed at, its status, or else the
 * first check that it fails; `null` where it keeps the contract. It is what `lint` would say, without
 * the report, since benchmarks ask for each of their answers.
 */
export function firstBreach(answer: ExchangeReading): Breach | null {
  const { end, probe, response } = answer.exchange
  if (end.how === 'failed' && end.reason === 'proxy') return { check: null, seen: end.message }
  const evidence = Evidence.ofReading(answer)
  const { status = 200 } = response ?? {}
  if (status < 200 || status > 299) {
    return { check: null, seen: seenOf(evidence, status).replaceAll(/\s+/g, ' ') }
  }
  const docket = decisiveChecks(answer.dialect)
  const judged = judgeInSteps(docket, [
    { probe: isProbeId(probe) ? probe : undefined, evidence: [evidence] },
  ])
  const judgements = toEnd(judged)
  evidence.forget()
  for (const [at, { id }] of docket.checks.entries()) {
    for (const judgement of judgements[at]!) {
      if (judgement.status !== 'observed') continue
      const worst = judgement.observations.find(({ severity }) => severity === 'error')
      if (!worst) continue
      return { check: id, seen: `${id}: ${worst.message} ${worst.actual ?? ''}`.trimEnd() }
    }
  }
  return null
}

/** A page is named by its title, and a redirect by where it leads. */
function seenOf(evidence: Evidence, status: number): string {
  const { exchange, isPage, pageTitle } = evidence
  const location = headerValue(exchange?.response?.headers ?? [], 'location')
  if (status < 400 && location !== undefined) return `status ${status}: Location: ${location}`
  if (!isPage) return describeAnswer(evidence)
  return `status ${status}: an HTML page${pageTitle === undefined ? '' : `, titled "${pageTitle}"`}`
}
