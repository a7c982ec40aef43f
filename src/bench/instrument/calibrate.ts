import type { Flight } from '../lane/lane-messages.ts'
import { chat, type Dialect, responses } from '../../protocol/index.ts'
import { runLanes } from '../lane/run-lanes.ts'
import { toExchange } from '../measure/to-exchange.ts'
import type { Load, Shard } from '../plan/load.ts'
import { lanesFor, planLanes } from '../plan/plan-lanes.ts'
import { Histogram } from '../tally/histogram.ts'
import type { CalibrationRequest } from './calibration-messages.ts'
import { instrumentError } from './instrument-error.ts'
import type { InstrumentReading } from './judge-instrument.ts'
import { startCalibrationServer } from './start-calibration-server.ts'

/** How answers come: what the instrument has to cope with. */
export interface AnswerShape {
  readonly firstMs: number
  readonly gapMs: number
  readonly events: number
}

export interface CalibrateOptions {
  readonly dialect: Dialect
  readonly load: Load
  /** The part of the load that this machine is to bear; `undefined` for all of it. */
  readonly shard: Shard | undefined
  readonly shape: AnswerShape
  readonly durationMs: number
  readonly abort: AbortSignal
}

const LONGEST_ANSWER_MS = 1_500
/** Before its own measurement begins. */
export const CALIBRATION_WARMUP_MS = 1_000
const PHASES = 16

/** Measures the instrument itself, under the load and with answers of the shape it is to measure. */
export async function calibrate(options: CalibrateOptions): Promise<InstrumentReading> {
  const { load, shard, shape, durationMs, abort } = options
  // What it cannot speak, it cannot be asked in, either.
  const dialect = options.dialect.id === responses.id ? responses : chat
  await using server = await startCalibrationServer({ dialect: dialect.id })
  const url = new URL(server.url + dialect.path)
  const bodies = calibrationBodies(shape).map((body) => JSON.stringify(body))
  const added = new Histogram()
  const ttft = new Histogram()
  const measured: Flight[] = []
  let startAtMs = 0
  const factors = await runLanes(
    {
      origin: url.origin,
      path: url.pathname,
      headers: ['content-type', 'application/json'],
      bodies,
      scripts: bodies.map((_, body) => [{ body, pauseMs: 0, cancelAfterMs: null }]),
      timeoutMs: LONGEST_ANSWER_MS * 4,
      terminator: dialect.terminator,
    },
    planLanes(
      calibrationLoad(load, shape),
      { warmupMs: CALIBRATION_WARMUP_MS, durationMs, requests: null },
      0,
      shard,
      lanesFor(load, shard),
    ),
    {
      drain: abort,
      abort,
      onStart: (moment) => (startAtMs = moment),
      onFlights: (flights) => void measured.push(...flights.filter(({ index }) => index >= 0)),
    },
  )
  // Read afterwards: this thread's work stands for the server's, which will be elsewhere.
  const request = { method: 'POST', url: url.href, headers: [] }
  for (const flight of measured) {
    if (flight.wiredMs === null) continue
    const exchange = toExchange(flight, request, bodies, new Date(0))
    const error = instrumentError(exchange, startAtMs + flight.wiredMs)
    for (const each of error?.added ?? []) added.record(each)
    if (error) ttft.record(error.ttft)
  }
  return {
    addedP50: added.percentile(50),
    addedP99: added.percentile(99),
    ttftErrorP50: ttft.percentile(50),
    ttftErrorP99: ttft.percentile(99),
    eventLoopUtilization: Math.max(0, ...factors.map((each) => each.eventLoopUtilization)),
    gcMs: factors.reduce((sum, { gcMs }) => sum + gcMs, 0),
    threads: factors.length,
  }
}

/**
 * Answers of one shape, out of step with each other, as answers are. Long ones are cut short, the
 * wait and the text alike: {@link calibrationLoad} makes up for it.
 */
export function calibrationBodies(shape: AnswerShape): CalibrationRequest[] {
  const { firstMs, gapMs, events } = shape
  const part = partKept(shape)
  const count = Math.max(1, Math.floor(events * part))
  return Array.from({ length: PHASES }, (_, phase) => ({
    calibration: {
      dueMs: Array.from(
        { length: count },
        (__, i) => firstMs * part + (i + phase / PHASES) * gapMs,
      ),
    },
  }))
}

/**
 * The load that brings, with answers cut short, as many streams and events at a time as the one to
 * be measured under. By the clock, answers of half the length are asked for twice as often.
 */
export function calibrationLoad(load: Load, shape: AnswerShape): Load {
  if (load.kind === 'closed') return load
  const { ratePerSecond, toRatePerSecond } = load
  const part = partKept(shape)
  return {
    ...load,
    ratePerSecond: ratePerSecond / part,
    ...(toRatePerSecond !== undefined && { toRatePerSecond: toRatePerSecond / part }),
  }
}

function partKept({ firstMs, gapMs, events }: AnswerShape): number {
  return Math.min(1, LONGEST_ANSWER_MS / (firstMs + events * gapMs))
}
