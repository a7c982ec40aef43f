import { type Redactor, shownProxy, type Target, TOOL } from '../../endpoint/index.ts'
import type { KnownFailure } from '../baseline/baseline-schema.ts'
import { type MatchedFailure, matchBaseline } from '../baseline/match-baseline.ts'
import { updateBaseline } from '../baseline/update-baseline.ts'
import { judgeBudget } from '../budgets/judge-budget.ts'
import type { CheckBudget } from '../budgets/parse-check-budget.ts'
import type { Check } from '../check/define-check.ts'
import type { Evidence } from '../evidence/evidence.ts'
import { conclude } from '../judge/conclude.ts'
import type { Judgements } from '../judge/judgement.ts'
import { type Glimpse, glimpseOf, warnOfUselessRun } from '../judge/useless-run.ts'
import { type FailOn, isFatal } from '../judge/verdict-of.ts'
import type { CheckReport, ExchangeSummary } from './check-report-schema.ts'
import type { CheckResult } from './check-result-schema.ts'
import { markKnown } from './mark-known.ts'
import { ruleRun } from './rule-run.ts'
import { summarize } from './summarize.ts'
import { summarizeExchange } from './summarize-exchange.ts'
import { summarizeLatency } from './summarize-latency.ts'
import { toCheckResult } from './to-check-result.ts'

/** A run that is over: what was asked for, what came back, and what was judged of it. */
export interface JudgedRun {
  /** That says in which dialect it was asked. */
  readonly url: string
  /** As it was given; without it, that of the first request is shown. */
  readonly model: string | undefined
  readonly target: Target
  /** Knows already what it has redacted. */
  readonly redact: Redactor
  readonly profile: { readonly id: string }
  /** The requirement set. */
  readonly since: string
  readonly startedAt: Date
  /** All that the report tells, in that order. */
  readonly told: readonly Check[]
  /** Told, but not judged, and why. */
  readonly skipped: ReadonlyMap<Check, string>
  /** Whether a check can fail the run. */
  readonly binds: (check: Check) => boolean
  readonly evidence: readonly Evidence[]
  readonly judgements: Judgements
  readonly failOn: FailOn
  /** Those of the baseline. */
  readonly failures: readonly KnownFailure[]
  readonly updateBaseline: boolean
  readonly budgets: readonly CheckBudget[]
  readonly warnings: readonly string[]
}

/**
 * Makes the report of a run, in steps: an answer, or a check, at a time. `elapsedMs` is asked once, at
 * the end.
 */
export function* toReport(
  run: JudgedRun,
  elapsedMs: () => number,
): Generator<undefined, CheckReport, boolean> {
  const { evidence, judgements, target, redact, startedAt, failOn } = run
  // First of all, since it reads each answer once; what follows has little left to read.
  const { exchanges, glimpses } = yield* look(evidence)
  const conclusions = run.told.map((each) =>
    conclude(each, judgements.get(each) ?? [], run.skipped.get(each)),
  )
  const baseline = baselineOf(run)
  const budgets = run.budgets.map((each) => judgeBudget(each, evidence))
  const checks: CheckResult[] = []
  for (const conclusion of conclusions) {
    yield
    checks.push(markKnown(toCheckResult(conclusion, redact, target.proxy), baseline))
  }
  const binding = conclusions.filter((each) => run.binds(each.check))
  return {
    schemaVersion: 1,
    tool: TOOL,
    target: targetOf(run),
    requirements: run.since,
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(elapsedMs()),
    requests: evidence.length,
    ...ruleRun({ conclusions: binding, failOn, baseline, budgets }),
    warnings: [...run.warnings, ...warnOfUselessRun(glimpses).map(redact.text)],
    summary: summarize(checks),
    checks,
    latency: summarizeLatency(evidence),
    budgets,
    baseline,
    exchanges,
  }
}

interface Looks {
  readonly exchanges: ExchangeSummary[]
  readonly glimpses: Glimpse[]
}

function* look(evidence: readonly Evidence[]): Generator<undefined, Looks, boolean> {
  const looks: Looks = { exchanges: [], glimpses: [] }
  for (const each of evidence) {
    yield
    looks.exchanges.push(...summarizeExchange(each))
    looks.glimpses.push(...glimpseOf(each))
  }
  return looks
}

/** What became of the known failures; where the baseline is updated, of those that are known then. */
function baselineOf(run: JudgedRun): MatchedFailure[] {
  const { judgements, binds, failOn } = run
  const today = run.startedAt.toISOString().slice(0, 10)
  const known = matchBaseline(run.failures, judgements, today)
  if (!run.updateBaseline) return known
  const binding = new Map([...judgements].filter(([each]) => binds(each)))
  const updated = updateBaseline(known, binding, (severity) => isFatal(severity, failOn), today)
  return matchBaseline(updated, judgements, today)
}

function targetOf({ url, redact, profile, model, evidence, target }: JudgedRun) {
  const asked = model ?? evidence[0]?.request?.['model']
  return {
    url: redact.text(url),
    profile: profile.id,
    model: typeof asked === 'string' ? asked : '',
    ...shownProxy(target),
  }
}
