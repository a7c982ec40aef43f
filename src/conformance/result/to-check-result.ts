import type { Check } from '../check/define-check.ts'
import { worstOf } from '../check/severity.ts'
import type { Evidence } from '../evidence/evidence.ts'
import type { Conclusion } from '../judge/conclude.ts'
import type { Observed } from '../judge/judgement.ts'
import type { CheckResult, Finding } from './check-result-schema.ts'
import { type Redactor, redactorFor } from '../../endpoint/index.ts'
import {
  type Arrival,
  clip,
  type Exchange,
  type HttpProxy,
  sliceArrivals,
} from '../../wire/index.ts'
import { curl } from './curl.ts'

const MAX_SHOWN = 200
const MAX_EXCERPT = 2_000
/** Far more than is shown: what is cut here cannot end within a secret that would have been seen. */
const MAX_REDACTED = 4 * MAX_EXCERPT
/** Of one check; nobody reads more. */
const MAX_FINDINGS = 50

/** What the report says of a conclusion. Text is cut only after it was redacted. */
export function toCheckResult(
  conclusion: Conclusion,
  redact: Redactor = redactorFor(undefined),
  proxy?: HttpProxy,
): CheckResult {
  const { id, title, severity } = conclusion.check
  const result = { id, title, severity, findings: [], advice: null }
  switch (conclusion.status) {
    case 'fail': {
      const { observations } = conclusion
      const told = mostTelling(observations)
      const left = observations.length - told.length
      const findings = toFindings(told, redact, proxy)
      return {
        ...result,
        status: 'fail',
        reason: left > 0 ? `${left} further findings were left out` : null,
        severity: worstOf(observations.map((observed) => observed.severity)) ?? severity,
        findings,
        advice: advise(conclusion.check, observations),
      }
    }
    case 'pass':
      return {
        ...result,
        status: 'pass',
        reason: conclusion.reason === undefined ? null : redact.text(conclusion.reason),
      }
    case 'skip':
      return { ...result, status: 'skip', reason: redact.text(conclusion.reason) }
    case 'broken': {
      const reason = `harness-error: ${clip(redact.text(String(conclusion.error)), MAX_SHOWN)}`
      return { ...result, status: 'inconclusive', reason }
    }
    default:
      return { ...result, status: 'inconclusive', reason: redact.text(conclusion.reason) }
  }
}

/** The worst, then the first of each exchange, so that all of them are named; then others. */
function mostTelling(observations: readonly Observed[]): Observed[] {
  const byExchange = Map.groupBy(observations, ({ evidence }) => evidence)
  const firsts = [...byExchange.values()].map(([first]) => first!)
  const chosen = new Set(
    [...new Set([worstIn(observations), ...firsts, ...observations])].slice(0, MAX_FINDINGS),
  )
  return observations.filter((each) => chosen.has(each))
}

function worstIn(observations: readonly Observed[]): Observed {
  const severity = worstOf(observations.map((observed) => observed.severity))
  return observations.find((observed) => observed.severity === severity)!
}

/** Reports show it beside the worst of what was seen. */
function advise(check: Check, observations: readonly Observed[]): CheckResult['advice'] {
  const { requirement, effect } = check
  const { text, source, url, seenIn = null } = requirement
  return {
    requires: text,
    source,
    url,
    seenIn,
    effect,
    fix: worstIn(observations).fix ?? check.fix,
  }
}

/** Events and requests may be large, and have many findings: those of an exchange share them. */
function toFindings(
  observations: readonly Observed[],
  redact: Redactor,
  proxy: HttpProxy | undefined,
): Finding[] {
  const excerpts = new Map<string, string>()
  const repeated = new Set<Evidence>()
  return observations.map((observed) => {
    const { evidence, at } = observed
    const key = `${evidence.id} ${at?.bytes.join('-')}`
    const excerpt = at && (excerpts.get(key) ?? excerptOf(evidence, at.bytes, redact))
    if (excerpt !== undefined) excerpts.set(key, excerpt)
    const repeat = repeated.has(evidence) ? null : repeatOf(evidence, redact, proxy)
    repeated.add(evidence)
    return toFinding(observed, excerpt ?? null, repeat, redact)
  })
}

function toFinding(
  { evidence, at, ...seen }: Observed,
  excerpt: string | null,
  repeat: string | null,
  redact: Redactor,
): Finding {
  const hide = (text: string) => redact.quoting(clip(text, MAX_REDACTED, ''), evidence.exchange)
  const show = (text: string) => clip(hide(text), MAX_SHOWN)
  return {
    probe: evidence.probe,
    exchange: evidence.id,
    severity: seen.severity,
    message: show(seen.message),
    count: seen.count ?? 1,
    expected: show(seen.expected),
    actual: seen.actual === undefined ? null : show(seen.actual),
    event: at?.index === undefined ? null : at.index + 1,
    bytes: at ? [...at.bytes] : null,
    atMs: at?.atMs ?? null,
    path: seen.path === undefined ? null : hide(seen.path),
    excerpt,
    repeat,
  }
}

/** Without the body, which was too large to keep, it would be another request. */
function repeatOf(
  { exchange }: Evidence,
  redact: Redactor,
  proxy: HttpProxy | undefined,
): string | null {
  if (!exchange || (exchange.request.method === 'POST' && exchange.request.body === null))
    return null
  return curl(redact.exchange(exchange).request, { proxy })
}

/** Of the body without secrets: one event may hold a character of a key that others hold the rest of. */
function excerptOf(
  { exchange, body }: Evidence,
  [start, end]: readonly [number, number],
  redact: Redactor,
): string {
  const shown = exchange ? bodyOf(redact.exchange(exchange)) : [{ atMs: 0, bytes: body }]
  const bytes = sliceArrivals(shown, start, Math.min(end, start + MAX_REDACTED))
  return clip(redact.quoting(new TextDecoder().decode(bytes).trimEnd(), exchange), MAX_EXCERPT)
}

function bodyOf({ decoded, arrivals }: Exchange): readonly Arrival[] {
  return decoded ?? arrivals
}
