import {
  redactor,
  resolveTarget,
  SoundcheckError,
  type Target,
  toHttpRequest,
} from '../../endpoint/index.ts'
import { parseSpeechRule, type SpeechRule } from '../../speech/index.ts'
import { type Budget, parseBudget } from '../budget/parse-budget.ts'
import { requestLimits } from '../budget/judge-budget.ts'
import { calibrate } from '../instrument/calibrate.ts'
import type { InstrumentReading } from '../instrument/judge-instrument.ts'
import { monotonicNow } from '../lane/clock.ts'
import type { Flight, LaneLoadFactor } from '../lane/lane-messages.ts'
import { runLanes } from '../lane/run-lanes.ts'
import { checkLoad, type Extent, type Load } from '../plan/load.ts'
import { planLanes } from '../plan/plan-lanes.ts'
import { questionRequests, type Requests } from '../plan/requests.ts'
import type { BenchReport } from '../result/bench-report-schema.ts'
import { toReport } from '../result/to-report.ts'
import type { BenchOptions } from './bench-options.ts'
import { Evaluation } from './evaluation.ts'
import { preflight } from './preflight.ts'

const CALIBRATION_MS = 2_000
const DEFAULT_RULE = 'elevenlabs-sentence'
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
  return toReport(evaluation.tally, budgets, {
    target: { url: redactor(target).text(options.url), model: options.model ?? null },
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(evaluation.measuredMs),
    seed: plan.seed,
    plan: describePlan(plan, options),
    speech: {
      rule: options.speechRule ?? DEFAULT_RULE,
      charactersPerSecond: options.charactersPerSecond ?? 15,
      ttsDelayMs: options.ttsDelayMs ?? 0,
    },
    coalescedEvents: evaluation.coalescedShare,
    judged: options.judge !== undefined,
    instrument: {
      ...reading,
      calibrated: reading !== undefined,
      eventLoopUtilization: Math.max(0, ...factors.map((each) => each.eventLoopUtilization)),
      gcMs: factors.reduce((sum, { gcMs }) => sum + gcMs, 0),
      threads: factors.length,
    },
    keepSamples: options.keepSamples ?? true,
    interrupted: abort.aborted,
  })
}

function describePlan({ load, extent }: Plan, { shard }: BenchOptions): BenchReport['plan'] {
  const isOpen = load.kind === 'open'
  const ramp = isOpen && load.toRatePerSecond !== undefined ? 'ramp' : undefined
  return {
    load: ramp ?? (isOpen ? load.spacing : 'closed'),
    concurrency: isOpen ? null : load.concurrency,
    ratePerSecond: isOpen ? load.ratePerSecond : null,
    toRatePerSecond: isOpen ? (load.toRatePerSecond ?? null) : null,
    requests: extent.requests,
    durationMs: extent.durationMs,
    warmupMs: extent.warmupMs,
    shard: shard ? { ...shard } : null,
  }
}

function decide(options: BenchOptions): Plan {
  const { load = { kind: 'closed', concurrency: 1 }, speechRule = DEFAULT_RULE } = options
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
