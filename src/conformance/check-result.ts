import type { Check, Severity } from './check.ts'
import { curl } from './curl.ts'
import type { CheckOutcome, Observed } from './judge.ts'
import type { CheckResult, Finding, Summary } from './report-schema.ts'

const EXCERPT_BYTES = 2_000
const WORST_FIRST: readonly Severity[] = ['error', 'warning', 'info']

/** Turns an outcome into what the report says of it. */
export function toCheckResult({ check, status, reason, observations }: CheckOutcome): CheckResult {
  return {
    id: check.id,
    title: check.title,
    severity: check.severity,
    status,
    reason,
    findings: observations.map((observation) => toFinding(observation, check.severity)),
    advice: status === 'fail' ? advise(check) : null,
  }
}

function advise({ requirement, effect, fix }: Check): CheckResult['advice'] {
  return {
    requires: requirement.text,
    source: requirement.source,
    url: requirement.url,
    effect,
    fix,
  }
}

function toFinding({ evidence, ...seen }: Observed, severity: Severity): Finding {
  const { at } = seen
  return {
    probe: evidence.probe,
    exchange: evidence.ordinal,
    severity: seen.severity ?? severity,
    message: seen.message,
    count: seen.count ?? 1,
    expected: seen.expected,
    actual: seen.actual ?? null,
    event: at?.index === undefined ? null : at.index + 1,
    bytes: at ? [...at.bytes] : null,
    atMs: at?.atMs ?? null,
    path: seen.path ?? null,
    excerpt: at ? excerpt(evidence.body, at.bytes) : null,
    repeat: evidence.exchange ? curl(evidence.exchange.request) : null,
  }
}

function excerpt(body: Uint8Array, [start, end]: readonly [number, number]): string {
  const text = new TextDecoder().decode(body.subarray(start, Math.min(end, start + EXCERPT_BYTES)))
  return end - start > EXCERPT_BYTES ? `${text}…` : text.trimEnd()
}

/** Counts results by status, and failures by their worst finding. */
export function summarize(results: readonly CheckResult[]): Summary {
  const having = (status: CheckResult['status']) =>
    results.filter((result) => result.status === status)
  const worst = having('fail').map(({ findings }) =>
    WORST_FIRST.find((severity) => findings.some((finding) => finding.severity === severity)),
  )
  return {
    pass: having('pass').length,
    fail: having('fail').length,
    skip: having('skip').length,
    inconclusive: having('inconclusive').length,
    errors: worst.filter((severity) => severity === 'error').length,
    warnings: worst.filter((severity) => severity === 'warning').length,
    infos: worst.filter((severity) => severity === 'info').length,
  }
}
