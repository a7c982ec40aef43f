import { redactor, shownProxy, type Target, toHttpRequest } from '../../endpoint/index.ts'
import { tellingUrl } from '../../protocol/index.ts'
import { toNextHop } from '../../wire/index.ts'
import { requestLimits } from '../budgets/judge-budget.ts'
import { type AnswerShape, calibrate } from '../instrument/calibrate.ts'
import { busyMachine } from '../instrument/busy-machine.ts'
import { CoreWatch } from '../instrument/core-watch.ts'
import type { InstrumentReading } from '../instrument/judge-instrument.ts'
import { monotonicNow } from '../lane/clock.ts'
import type { Flight, LaneLoadFactor } from '../lane/lane-messages.ts'
import { runLanes } from '../lane/run-lanes.ts'
import { describeAsked } from '../plan/describe-asked.ts'
import { isChained } from '../plan/is-chained.ts'
import { planLanes } from '../plan/plan-lanes.ts'
import type { BenchReport } from '../result/bench-report-schema.ts'
import type { CutShort } from '../result/cut-short.ts'
import { toReport } from '../result/to-report.ts'
import type { BenchOptions } from './bench-options.ts'
import { Evaluation } from './evaluation.ts'
import { DEFAULT_SPEECH_RULE, type RunPlan } from './plan-run.ts'
import { quoteSafely } from './quote-safely.ts'

export const CALIBRATION_MS = 2_000

/** Measures an endpoint that is known to be there, and whose answers have this shape. */
export async function measureRun(
  plan: RunPlan,
  options: BenchOptions,
  shape: AnswerShape,
): Promise<BenchReport> {
  const { dialect, target, load, budgets, abort } = plan
  let reading: InstrumentReading | undefined
  if (options.calibrate !== false && !abort.aborted) {
    options.onProgress?.({ phase: 'calibration' })
    const { shard } = options
    const durationMs = CALIBRATION_MS
    const measured = await calibrate({ dialect, load, shard, shape, durationMs, abort })
    if (!abort.aborted) reading = measured
  }
  const evaluation = new Evaluation(options, requestLimits(budgets), plan.rule, quoteSafely(target))
  const stopping = new AbortController()
  using cores = new CoreWatch()
  const { startedAt, factors } = abort.aborted
    ? { startedAt: Date.now(), factors: [] }
    : await run(plan, options, evaluation, stopping, cores)
  const busy = busyMachine(
    cores.fullShare,
    factors.map(({ wakes }) => wakes),
  )
  return toReport(evaluation.tally, budgets, {
    target: {
      url: redactor(target).text(tellingUrl(options.url, target.url, dialect)),
      model: options.model ?? null,
      ...headersSent(target),
      ...shownProxy(target),
    },
    startedAt: new Date(startedAt).toISOString(),
    durationMs: Math.round(evaluation.measuredMs),
    seed: plan.seed,
    plan: describePlan(plan, options),
    speech: {
      rule: options.speechRule ?? DEFAULT_SPEECH_RULE,
      charactersPerSecond: options.charactersPerSecond ?? 15,
      ttsDelayMs: options.ttsDelayMs ?? 0,
    },
    coalescedEvents: evaluation.coalescedShare,
    judged: options.judge !== undefined,
    isChained: isChained(plan.requests),
    instrument: {
      ...reading,
      calibrated: reading !== undefined,
      eventLoopUtilization: Math.max(0, ...factors.map((each) => each.eventLoopUtilization)),
      gcMs: factors.reduce((sum, { gcMs }) => sum + gcMs, 0),
      threads: factors.length,
      ...(busy && { busy }),
    },
    keepSamples: options.keepSamples ?? true,
    cutShort: abort.aborted ? 'interrupted' : stoppedBy(stopping.signal),
    warnings: whyLate(options.startAt, startedAt),
  })
}

/** Threads take some time to start. */
const LATE_MS = 1_000

/** Tells of a run that began after the moment at which all shards should. */
function whyLate(startAt: number | undefined, startedAt: number): string[] {
  const lateMs = startAt === undefined ? 0 : startedAt - startAt
  if (lateMs < LATE_MS) return []
  return [
    `the run began ${(lateMs / 1_000).toFixed(1)} s after the moment at which all shards should: those that kept to it measured without its load`,
  ]
}

function stoppedBy({ aborted, reason }: AbortSignal): CutShort | null {
  return aborted ? (reason as CutShort) : null
}

/** The names of the user's own headers; their values may be secrets. */
function headersSent({ headers }: Target): { headers?: string[] } {
  const names = new Set(headers.map(([name]) => name.toLowerCase()))
  return names.size > 0 ? { headers: Array.from(names).toSorted() } : {}
}

function describePlan(
  { load, extent, target, requests }: RunPlan,
  { shard }: BenchOptions,
): BenchReport['plan'] {
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
    timeoutMs: target.timeoutMs,
    asked: describeAsked(requests),
    shard: shard ? { ...shard } : null,
  }
}

async function run(
  { dialect, target, load, extent, seed, requests, abort }: RunPlan,
  { shard, startAt, stopAtErrorRate, onProgress }: BenchOptions,
  evaluation: Evaluation,
  stopping: AbortController,
  cores: CoreWatch,
): Promise<{ readonly startedAt: number; readonly factors: LaneLoadFactor[] }> {
  const url = new URL(target.url)
  const { path, headers: forProxy } = toNextHop(url, target.proxy)
  const addressed = requests.bodies.map((body) => toHttpRequest({ body }, target))
  const { method, headers } = addressed[0]!
  const bodies = addressed.map(({ body }) => body ?? '')
  const context = { dialect, request: { method, url: target.url, headers }, bodies }
  let startAtMs = monotonicNow()
  // By the clock on the wall, as other shards see it.
  let startedAt = Date.now()
  const onFlights = (flights: readonly Flight[], inFlight: number) => {
    if (abort.aborted) {
      // To judge all that waits may take as long as the run.
      for (const flight of flights) evaluation.addUnfinished(flight)
      return
    }
    for (const flight of flights) evaluation.add(flight, context)
    if (evaluation.errorRate > (stopAtErrorRate ?? Infinity))
      stopping.abort('errors' satisfies CutShort)
    const elapsedMs = monotonicNow() - startAtMs
    onProgress?.({
      phase: elapsedMs < extent.warmupMs ? 'warm-up' : 'run',
      elapsedMs,
      totalMs: extent.warmupMs + extent.durationMs,
      inFlight,
      ...evaluation.progress(elapsedMs - extent.warmupMs),
    })
  }
  const factors = await runLanes(
    {
      origin: url.origin,
      proxy: target.proxy,
      path,
      headers: [...headers, ['accept-encoding', 'identity'] as const, ...forProxy].flat(),
      bodies,
      scripts: requests.scripts,
      timeoutMs: target.timeoutMs,
      terminator: dialect.terminator,
      ...(startAt !== undefined && { startAtMs: monotonicNow() + startAt - Date.now() }),
    },
    planLanes(load, extent, seed, shard),
    {
      drain: stopping.signal,
      abort,
      onStart: (moment) => {
        startedAt = Math.round(Date.now() + moment - monotonicNow())
        startAtMs = moment
        cores.begin(moment)
      },
      onFlights,
      onBehind: () => stopping.abort('behind' satisfies CutShort),
    },
  )
  return { startedAt, factors }
}
