import {
  type BenchOptions,
  type CompareOptions,
  type Load,
  type Shard,
  SoundcheckError,
} from '../../bench/index.ts'
import { firstBreach } from '../../conformance/index.ts'
import type { BenchReporterName } from '../../report/index.ts'
import type { ApiType, JsonObject } from '../../protocol/index.ts'
import type { Header } from '../../wire/index.ts'
import type { RequestFlags } from '../files/read-bench-requests.ts'
import { proxyOf } from './options.ts'
import type { OutputFlags } from './reporter-option.ts'

export interface BenchFlags extends RequestFlags, OutputFlags<BenchReporterName> {
  readonly model?: string
  readonly apiType?: ApiType
  readonly apiKey?: string
  readonly header?: Header[]
  readonly extraBody?: JsonObject
  readonly proxy?: string | false
  readonly concurrency?: number[]
  readonly rate?: number[]
  readonly arrival: 'constant' | 'poisson'
  readonly rampTo?: number
  readonly duration: number
  readonly requests?: number
  readonly warmup: number
  readonly budget?: string[]
  readonly speech: string
  readonly speakingRate: number
  readonly ttsDelay: number
  readonly timeout: number
  readonly stopOnErrors?: number
  readonly shard?: Shard
  readonly startAt?: number
  readonly calibrate: boolean
  readonly contract: boolean
  readonly vs?: string
  readonly vsApiType?: ApiType
  readonly metric: NonNullable<CompareOptions['metric']>
  readonly margin: number
  readonly findCapacity?: true
  readonly all?: true
}

/** All that the flags say of a run, but for its load. */
export function toBenchOptions(url: string, flags: BenchFlags): BenchOptions {
  return {
    url,
    apiType: flags.apiType,
    ...(flags.model !== undefined && { model: flags.model }),
    ...(flags.apiKey !== undefined && { apiKey: flags.apiKey }),
    ...(flags.header && { headers: flags.header }),
    ...(flags.extraBody && { extraBody: flags.extraBody }),
    timeoutMs: flags.timeout,
    proxy: proxyOf(flags.proxy),
    extent: {
      warmupMs: flags.warmup,
      durationMs: flags.duration,
      requests: flags.requests ?? null,
    },
    seed: flags.seed,
    budgets: flags.budget ?? [],
    speechRule: flags.speech,
    charactersPerSecond: flags.speakingRate,
    ttsDelayMs: flags.ttsDelay,
    calibrate: flags.calibrate,
    ...(flags.stopOnErrors !== undefined && { stopAtErrorRate: flags.stopOnErrors }),
    ...(flags.shard && { shard: flags.shard }),
    ...(flags.startAt !== undefined && { startAt: flags.startAt }),
    explain: firstBreach,
    ...(flags.contract && { judge: firstBreach }),
  }
}

/**
 * The loads to measure, one after the other.
 *
 * @throws SoundcheckError for a ramp that has no one rate to start from.
 */
export function toLoads({ concurrency = [1], rate, arrival, rampTo }: BenchFlags): Load[] {
  if (rampTo !== undefined && rate?.length !== 1) {
    throw new SoundcheckError('INVALID_INPUT', '--ramp-to needs --rate, the one to start from')
  }
  if (!rate) return concurrency.map((each) => ({ kind: 'closed', concurrency: each }))
  return rate.map((ratePerSecond) => ({
    kind: 'open',
    spacing: arrival,
    ratePerSecond,
    ...(rampTo !== undefined && { toRatePerSecond: rampTo }),
  }))
}
