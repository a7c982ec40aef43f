import {
  assertSentAlong,
  redactor,
  resolveTarget,
  shownProxy,
  SoundcheckError,
  type TargetOptions,
  TOOL,
} from '../../endpoint/index.ts'
import type { Exchange } from '../../wire/index.ts'
import type { Baseline } from '../baseline/baseline-schema.ts'
import { assertKnown, matchBaseline } from '../baseline/match-baseline.ts'
import { updateBaseline } from '../baseline/update-baseline.ts'
import { judgeBudget } from '../budget/judge-budget.ts'
import { parseBudget } from '../budget/parse-budget.ts'
import type { Check } from '../check/define-check.ts'
import { skip } from '../check/gap.ts'
import { DEFAULT_LIMITS, type Limits } from '../check/limits.ts'
import { checks } from '../checks/index.ts'
import { conclude } from '../judge/conclude.ts'
import { concerns, judgeInSteps } from '../judge/judge.ts'
import type { ProbeResult } from '../judge/judgement.ts'
import { glimpseOf, warnOfUselessRun } from '../judge/useless-run.ts'
import { type FailOn, isFatal } from '../judge/verdict-of.ts'
import type { Probe } from '../probes/define-probe.ts'
import { probes } from '../probes/index.ts'
import { type Recording, replay } from '../probes/replay.ts'
import type { CheckReport } from '../result/check-report-schema.ts'
import { markKnown } from '../result/mark-known.ts'
import { summarize } from '../result/summarize.ts'
import { summarizeExchange } from '../result/summarize-exchange.ts'
import { summarizeLatency } from '../result/summarize-latency.ts'
import { toCheckResult } from '../result/to-check-result.ts'
import { assertUrlRule } from './assert-url-rule.ts'
import { type CostEstimate, estimateCost } from './estimate-cost.ts'
import { inSlices } from './in-slices.ts'
import { mapInSlices } from './map-in-slices.ts'
import { type Plan, planChecks, type Policy } from './plan-checks.ts'
import { ruleRun } from './rule-run.ts'
import type { Wishes } from '../profiles/as-platform.ts'
import { type Progress, runProbes } from './run-probes.ts'

export interface CheckOptions extends Omit<TargetOptions, 'extraBody'>, Policy, Wishes {
  /** How many probes may run in parallel; 4 when absent. */
  readonly concurrency?: number
  /** Sends six requests only: what an ordinary call needs most. */
  readonly quick?: boolean
  /** How often a reply is asked for, at most, that may be bad by the model's choice; 5 when absent. */
  readonly samples?: number
  /** Recorded requests, sent too. */
  readonly replay?: readonly Recording[]
  /** Limits on times, such as `first_content p(95)<1000`: see {@link parseBudget}. */
  readonly budgets?: readonly string[]
  /** Failures that are known: they are told, but do not fail the run, unless they are gone or expired. */
  readonly baseline?: Baseline
  /** Accepts the failures of this run: `baseline` of the report is then the baseline to keep. */
  readonly updateBaseline?: boolean
  /** Those given replace the defaults. */
  readonly limits?: Partial<Limits>
  /** The lowest severity that makes the verdict `fail`; `error` when absent. */
  readonly failOn?: FailOn
  /** Stops sending; what came back until then is judged. */
  readonly signal?: AbortSignal
  /** Called before the first request. */
  readonly onEstimate?: (cost: CostEstimate) => void
  /** Called when a probe is sent and when it is done. */
  readonly onProgress?: (progress: Progress) => void
  /** Called with every exchange, secrets removed. */
  readonly onExchange?: (exchange: Exchange) => void
}

const DEFAULT_CONCURRENCY = 4
const DEFAULT_SAMPLES = 5

/**
 * Sends the probes to an endpoint and judges what comes back.
 *
 * Whatever the endpoint does is a result.
 *
 * @throws SoundcheckError for options that make no sense, and when there is no endpoint to judge:
 *   no such host, nothing listening, no TLS, or a key that is refused.
 */
export async function check(options: CheckOptions): Promise<CheckReport> {
  const {
    concurrency = DEFAULT_CONCURRENCY,
    samples = DEFAULT_SAMPLES,
    failOn = 'error',
    baseline: { failures } = { failures: [] },
  } = options
  assertCount({ concurrency, samples })
  assertKnown(failures, checks)
  const limitsOnTimes = (options.budgets ?? []).map(parseBudget)
  const plan = planOf(options)
  const { profile, told, judged, skipped, binds } = plan
  const limits = { ...DEFAULT_LIMITS, ...profile.limits, ...options.limits }
  const target = resolveTarget(options)
  assertUrlRule(options.url, profile)
  if (profile.extraBodyIn === undefined) assertSentAlong(options.extraBody ?? {}, 'beside')
  const redact = redactor(target)

  const startedAt = new Date()
  const start = performance.now()
  const warnings: string[] = []
  const results = await collect(options, judged, async (sent) => {
    options.onEstimate?.(await estimateCost(sent, profile, options, target.apiKey !== undefined))
    return runProbes(sent, {
      target,
      profile,
      wishes: options,
      checks: judged,
      limits,
      samples,
      concurrency,
      signal: options.signal,
      onProgress: options.onProgress,
      onExchange: (exchange) => options.onExchange?.(redact.exchange(exchange)),
      onWarning: (warning) => warnings.push(warning),
      redact: redact.text,
    })
  })
  const judgements = await inSlices(judgeInSteps(judged, results, limits), options.signal)
  const conclusions = told.map((each) =>
    conclude(each, judgements.get(each) ?? [], skipped.get(each)),
  )

  const evidence = results.flatMap((result) => result.evidence)
  // First of all, since it reads each answer once; what follows has little left to read.
  const looks = await mapInSlices(evidence, (each) => ({
    exchanges: summarizeExchange(each),
    glimpses: glimpseOf(each),
  }))
  const today = startedAt.toISOString().slice(0, 10)
  const binding = new Map([...judgements].filter(([each]) => binds(each)))
  const known = matchBaseline(failures, judgements, today)
  const baseline = options.updateBaseline
    ? matchBaseline(
        updateBaseline(known, binding, (severity) => isFatal(severity, failOn), today),
        judgements,
        today,
      )
    : known
  const budgets = limitsOnTimes.map((each) => judgeBudget(each, evidence))
  const checkResults = await mapInSlices(conclusions, (conclusion) =>
    markKnown(toCheckResult(conclusion, redact, target.proxy), baseline),
  )
  const useless = warnOfUselessRun(looks.flatMap(({ glimpses }) => glimpses))
  const model = options.model ?? evidence[0]?.request?.['model']
  return {
    schemaVersion: 1,
    tool: TOOL,
    target: {
      url: redact.text(options.url),
      profile: profile.id,
      model: typeof model === 'string' ? model : '',
      ...shownProxy(target),
    },
    requirements: plan.since,
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(performance.now() - start),
    requests: evidence.length,
    ...ruleRun({
      conclusions: conclusions.filter((each) => binds(each.check)),
      failOn,
      baseline,
      budgets,
    }),
    warnings: [...warnings, ...useless.map(redact.text)],
    summary: summarize(checkResults),
    checks: checkResults,
    latency: summarizeLatency(evidence),
    budgets,
    baseline,
    exchanges: looks.flatMap(({ exchanges }) => exchanges),
  }
}

/**
 * The checks that a report with these options tells, in its order.
 *
 * @throws SoundcheckError as {@link check} does.
 */
export function checksOf(options: Omit<CheckOptions, 'url'>): readonly Check[] {
  return planOf(options).told
}

function planOf(options: Omit<CheckOptions, 'url'>): Plan {
  return planChecks(options, options.replay ? ['replay/expected'] : [])
}

/** Sends the probes that the checks need; says of the others why they were not sent. */
async function collect(
  { quick, replay: recordings }: CheckOptions,
  judged: readonly Check[],
  send: (sent: readonly Probe[]) => Promise<ProbeResult[]>,
): Promise<ProbeResult[]> {
  const all = recordings ? [...probes, replay(recordings)] : probes
  const wanted = all.filter(({ id }) => judged.some((each) => concerns(each, id)))
  const sent = quick ? wanted.filter((probe) => probe.quick) : wanted
  const left = wanted.filter((probe) => !sent.includes(probe))
  const notSent = skip('not part of a quick run')
  return [
    ...(await send(sent)),
    ...left.map((probe) => ({ probe: probe.id, evidence: [], notSent })),
  ]
}

function assertCount(options: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(options)) {
    if (Number.isInteger(value) && value >= 1) continue
    throw new SoundcheckError('INVALID_INPUT', `${name} is ${value}; it must be at least 1`)
  }
}
