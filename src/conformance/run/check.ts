import { assertSentAlong, redactor, resolveTarget, SoundcheckError } from '../../endpoint/index.ts'
import { apiTypeAt, type Dialect, dialectFor, tellingUrl } from '../../protocol/index.ts'
import { assertKnown } from '../baseline/match-baseline.ts'
import { parseCheckBudget } from '../budgets/parse-check-budget.ts'
import type { Check } from '../check/define-check.ts'
import { skip } from '../check/gap.ts'
import { DEFAULT_LIMITS } from '../check/limits.ts'
import { checks } from '../checks/index.ts'
import { concerns, Docket } from '../judge/docket.ts'
import { judgeInSteps } from '../judge/judge.ts'
import type { ProbeResult } from '../judge/judgement.ts'
import type { Probe } from '../probes/define-probe.ts'
import { probes } from '../probes/index.ts'
import { replay } from '../probes/replay.ts'
import type { CheckReport } from '../result/check-report-schema.ts'
import { toReport } from '../result/to-report.ts'
import { assertAsksIn } from './assert-asks-in.ts'
import { assertUrlRule } from './assert-url-rule.ts'
import type { CheckOptions } from './check-options.ts'
import { estimateCost } from './estimate-cost.ts'
import { inSlices } from './in-slices.ts'
import { type Plan, planChecks } from './plan-checks.ts'
import { type RunOptions, runProbes } from './run-probes.ts'
import { usualApiType } from './usual-api-type.ts'

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
    signal,
    failOn = 'error',
    updateBaseline = false,
    baseline: { failures } = { failures: [] },
  } = options
  assertCount({ concurrency, samples })
  assertKnown(failures, checks)
  const budgets = (options.budgets ?? []).map(parseCheckBudget)
  const plan = planOf({ ...options, dialect: options.dialect ?? dialectToAsk(options) })
  const warnings: string[] = []
  const sending = sendingOf({ ...options, concurrency, samples }, plan, (warning) =>
    warnings.push(warning),
  )

  const startedAt = new Date()
  const start = performance.now()
  const elapsedMs = () => performance.now() - start
  const results = await collect(options, sending)
  const docket = new Docket(plan.judged, sending.limits)
  const judged = await inSlices(judgeInSteps(docket, results), signal)
  const run = {
    ...plan,
    url: tellingUrl(options.url, sending.target.url, sending.dialect),
    model: options.model,
    target: sending.target,
    redact: sending.redact,
    startedAt,
    evidence: results.flatMap(({ evidence }) => evidence),
    judgements: new Map(plan.judged.map((each, i) => [each, judged[i]!])),
    failOn,
    failures,
    updateBaseline,
    budgets,
    warnings,
  }
  return inSlices(toReport(run, elapsedMs), undefined)
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
  const plan = planChecks(options, options.replay ? ['replay/expected'] : [])
  if (plan.told.length > 0) return plan
  throw new SoundcheckError(
    'UNKNOWN_CHECK',
    `no check that was chosen judges ${plan.dialect.path} (${plan.dialect.title}): choose others, or ask in the other API`,
  )
}

function dialectToAsk({ url, apiType, profile }: CheckOptions): Dialect {
  const dialect = dialectFor(url, apiType ?? apiTypeAt(url) ?? usualApiType(profile))
  if (dialect) return dialect
  throw new SoundcheckError(
    'INVALID_INPUT',
    `the URL ends in the path of another API than ${apiType}: give the base URL, or another API type`,
  )
}

function sendingOf(
  options: CheckOptions & Pick<RunOptions, 'concurrency' | 'samples'>,
  { dialect, profile, judged }: Plan,
  onWarning: (warning: string) => void,
): RunOptions {
  const { concurrency, samples } = options
  const target = resolveTarget(options, dialect)
  assertAsksIn(dialect, profile)
  assertUrlRule(options.url, profile, dialect)
  if (profile.extraBodyIn === undefined) assertSentAlong(options.extraBody ?? {}, 'beside')
  const redact = redactor(target)
  return {
    dialect,
    target,
    profile,
    wishes: options,
    checks: judged,
    limits: { ...DEFAULT_LIMITS, ...profile.limits, ...options.limits },
    samples,
    concurrency,
    signal: options.signal,
    onProgress: options.onProgress,
    onExchange: (exchange) => options.onExchange?.(redact.exchange(exchange)),
    onWarning,
    redact,
  }
}

/** Sends the probes that the checks need; says of the others why they were not sent. */
async function collect(options: CheckOptions, sending: RunOptions): Promise<ProbeResult[]> {
  const { quick, replay: recordings } = options
  const { checks: judged, profile, target, dialect: asked } = sending
  const all = recordings ? [...probes, replay(recordings)] : probes
  const wanted = all.filter(
    (probe) => (probe.dialect ?? asked.id) === asked.id && isWanted(probe, judged),
  )
  const sent = quick ? wanted.filter((probe) => probe.quick) : wanted
  const left = wanted.filter((probe) => !sent.includes(probe))
  const run = { hasKey: target.apiKey !== undefined, dialect: asked.id }
  options.onEstimate?.(await estimateCost(sent, profile, options, run))
  const notSent = skip('not part of a quick run')
  return [
    ...(await runProbes(sent, sending)),
    ...left.map((probe) => ({ probe: probe.id, evidence: [], notSent })),
  ]
}

function isWanted({ id, onDemand }: Probe, judged: readonly Check[]): boolean {
  return judged.some((each) =>
    onDemand ? typeof each.probes !== 'string' && each.probes.includes(id) : concerns(each, id),
  )
}

function assertCount(options: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(options)) {
    if (Number.isInteger(value) && value >= 1) continue
    throw new SoundcheckError('INVALID_INPUT', `${name} is ${value}; it must be at least 1`)
  }
}
