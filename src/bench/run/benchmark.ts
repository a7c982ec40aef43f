import {
  redactor,
  resolveTarget,
  SoundcheckError,
  type Target,
  TOOL,
  toHttpRequest,
} from '../../endpoint/index.ts'
import { parseSpeechRule, type SpeechRule } from '../../speech/index.ts'
import { type Budget, parseBudget } from '../budget/parse-budget.ts'
import { judgeBudget, requestLimits } from '../budget/judge-budget.ts'
import { calibrate } from '../instrument/calibrate.ts'
import { type InstrumentReading, judgeInstrument } from '../instrument/judge-instrument.ts'
import { monotonicNow } from '../lane/clock.ts'
import type { Flight, LaneLoadFactor } from '../lane/lane-messages.ts'
import { runLanes } from '../lane/run-lanes.ts'
import { METRIC_NAMES, metricDefinitions } from '../measure/metric-definitions.ts'
import { checkLoad, type Extent, type Load } from '../plan/load.ts'
import { planLanes } from '../plan/plan-lanes.ts'
import { questionRequests, type Requests } from '../plan/requests.ts'
import type { BenchReport } from '../result/bench-report-schema.ts'
import { summarize } from '../result/summarize.ts'
import { verdictOf } from '../result/verdict-of.ts'
import type { BenchOptions } from './bench-options.ts'
import { Evaluation } from './evaluation.ts'
import { preflight } from './preflight.ts'

const CALIBRATION_MS = 2_000
const DEFAULT_EXTENT: Extent = { warmupMs: 3_000, durationMs: 30_000, requests: null }

/** What a run needs, with everything decided. */
interface Plan {
  readonly target: Target
  readonly load: Load
  readonly extent: Extent
  readonly seed: number
  readonly requests: Requests
  readonly budgets: readonly Budget[]
  readonly rule: SpeechRule
  readonly abort: AbortSignal
}

/**
 * Measures an endpoint under load.
 *
 * Whatever the endpoint does is a result.
 *
 * @throws SoundcheckError for options that make no sense, and when there is no endpoint: no such
 *   host, nothing listening, no TLS, or a key that is refused.
 */
export async function benchmark(options: BenchOptions): Promise<BenchReport> {
  const plan = decide(options)
  const { target, load, requests, budgets, abort } = plan
  options.onProgress?.({ phase: 'preflight' })
  const shape = await preflight(target, requests.bodies[0]!, abort)
  let reading: InstrumentReading | undefined
  if (options.calibrate !== false && !abort.aborted) {
    options.onProgress?.({ phase: 'calibration' })
    reading = await calibrate({ load, shape, durationMs: CALIBRATION_MS, abort })
  }
  const evaluation = new Evaluation(options, requestLimits(budgets), plan.rule)
  const startedAt = new Date()
  const factors = abort.aborted ? [] : await run(plan, options, evaluation)
  return toReport(options, plan, evaluation, startedAt, reading, factors)
}

function decide(options: BenchOptions): Plan {
  const { load = { kind: 'closed', concurrency: 1 }, speechRule = 'elevenlabs-sentence' } = options
  const extent = { ...DEFAULT_EXTENT, ...options.extent }
  checkLoad(load, extent)
  const rule = parseSpeechRule(speechRule)
  if (!rule) {
    throw new SoundcheckError(
      'INVALID_INPUT',
      `there is no speech rule "${speechRule}"; write elevenlabs-sentence, vapi, livekit, pipecat or chars:120`,
    )
  }
  return {
    target: resolveTarget(options),
    load,
    extent,
    seed: options.seed ?? 0,
    requests: options.requests ?? questionRequests(),
    budgets: (options.budgets ?? []).flatMap(parseBudget),
    rule,
    abort: options.signal ?? new AbortController().signal,
  }
}

async function run(
  { target, load, extent, seed, requests, abort }: Plan,
  { shard, startAt, stopAtErrorRate, onProgress }: BenchOptions,
  evaluation: Evaluation,
): Promise<LaneLoadFactor[]> {
  const url = new URL(target.url)
  const addressed = requests.bodies.map((body) => toHttpRequest({ body }, target))
  const { method, headers } = addressed[0]!
  const bodies = addressed.map(({ body }) => body ?? '')
  const draining = new AbortController()
  const context = { request: { method, url: target.url, headers }, bodies }
  let startAtMs = monotonicNow()
  const onFlights = (flights: readonly Flight[], inFlight: number) => {
    for (const flight of flights) evaluation.add(flight, context)
    if (evaluation.errorRate > (stopAtErrorRate ?? Infinity)) draining.abort()
    const elapsedMs = monotonicNow() - startAtMs
    onProgress?.({
      phase: elapsedMs < extent.warmupMs ? 'warm-up' : 'run',
      elapsedMs,
      totalMs: extent.warmupMs + extent.durationMs,
      inFlight,
      ...evaluation.progress(elapsedMs - extent.warmupMs),
    })
  }
  return runLanes(
    {
      origin: url.origin,
      path: url.pathname + url.search,
      headers: [...headers, ['accept-encoding', 'identity'] as const].flat(),
      bodies,
      scripts: requests.scripts,
      timeoutMs: target.timeoutMs,
      ...(startAt !== undefined && { startAtMs: monotonicNow() + startAt - Date.now() }),
    },
    planLanes(load, extent, seed, shard),
    { drain: draining.signal, abort, onStart: (moment) => (startAtMs = moment), onFlights },
  )
}

function toReport(
  options: BenchOptions,
  { target, load, extent, seed, budgets, abort }: Plan,
  evaluation: Evaluation,
  startedAt: Date,
  reading: InstrumentReading | undefined,
  factors: readonly LaneLoadFactor[],
): BenchReport {
  const { tally } = evaluation
  const redact = redactor(target)
  const errorMs = reading?.ttftErrorP99 ?? 0
  const instrument = {
    ...reading,
    calibrated: reading !== undefined,
    eventLoopUtilization: Math.max(0, ...factors.map((each) => each.eventLoopUtilization)),
    gcMs: factors.reduce((sum, { gcMs }) => sum + gcMs, 0),
    lagP99: tally.metrics.lag.histogram.percentile(99),
    threads: factors.length,
  }
  const judged = judgeInstrument(
    { addedP50: 0, addedP99: 0, ttftErrorP50: 0, ttftErrorP99: 0, ...instrument },
    tightestBound(budgets),
  )
  const results = budgets.map((budget) => judgeBudget(budget, tally, errorMs))
  const seconds = evaluation.measuredMs / 1_000
  return {
    schemaVersion: 1,
    tool: TOOL,
    target: { url: redact.text(options.url), model: options.model ?? null },
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(evaluation.measuredMs),
    seed,
    plan: {
      load: nameOf(load),
      concurrency: load.kind === 'closed' ? load.concurrency : null,
      ratePerSecond: load.kind === 'open' ? load.ratePerSecond : null,
      toRatePerSecond: load.kind === 'open' ? (load.toRatePerSecond ?? null) : null,
      requests: extent.requests,
      durationMs: extent.durationMs,
      warmupMs: extent.warmupMs,
      shard: options.shard ? { ...options.shard } : null,
    },
    speech: {
      rule: options.speechRule ?? 'elevenlabs-sentence',
      charactersPerSecond: options.charactersPerSecond ?? 15,
      ttsDelayMs: options.ttsDelayMs ?? 0,
    },
    requests: {
      attempted: tally.attempted,
      ok: tally.ok,
      failed: { ...tally.failed },
      cancelled: tally.cancelled,
      perSecond: seconds > 0 ? tally.attempted / seconds : 0,
      coalescedEvents: evaluation.coalescedShare,
      judged: options.judge !== undefined,
    },
    instrument: { ...instrument, verdict: judged.verdict },
    metrics: Object.fromEntries(
      METRIC_NAMES.map((name) => {
        const { histogram, sample } = tally.metrics[name]
        const figures = summarize(histogram, options.keepSamples === false ? undefined : sample)
        return [name, { ...metricDefinitions[name], ...figures }]
      }),
    ) as BenchReport['metrics'],
    cold: { connect: summarize(tally.cold.connect), ttft: summarize(tally.cold.ttft) },
    goodput: {
      perSecond: seconds > 0 ? tally.good / seconds : 0,
      fraction: tally.attempted > 0 ? tally.good / tally.attempted : null,
      good: tally.good,
    },
    budgets: results.map((result) => ({ ...result })),
    ...verdictOf(results, judged, tally.ok, abort.aborted),
  }
}

function nameOf(load: Load): BenchReport['plan']['load'] {
  if (load.kind === 'closed') return 'closed'
  return load.toRatePerSecond === undefined ? load.spacing : 'ramp'
}

/** The tightest bound on the moment something first arrives. */
function tightestBound(budgets: readonly Budget[]): number | null {
  const bounds = budgets.flatMap((budget) =>
    budget.of === 'metric' && budget.operator === '<' && budget.metric.startsWith('tt')
      ? budget.bound
      : [],
  )
  return bounds.length > 0 ? Math.min(...bounds) : null
}
