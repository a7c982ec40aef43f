import type { TargetOptions } from '../../endpoint/index.ts'
import type { ApiType, Dialect, ExchangeReading, JsonObject } from '../../protocol/index.ts'
import type { Extent, Load, Shard } from '../plan/load.ts'
import type { Requests } from '../plan/requests.ts'

/**
 * What is measured, and how.
 *
 * @example
 * {
 *   url: 'http://localhost:8000/v1',
 *   load: { kind: 'open', spacing: 'poisson', ratePerSecond: 10 },
 *   extent: { durationMs: 60_000 },
 *   budgets: ['ttft p(95)<800', 'errors<0.01'],
 * }
 */
export interface BenchOptions extends TargetOptions {
  /**
   * In which is asked and answered, in the words of ElevenLabs.
   *
   * @defaultValue what the URL tells; else `chat_completions`
   */
  readonly apiType?: ApiType | undefined
  /** In place of `apiType`: another dialect. */
  readonly dialect?: Dialect
  /**
   * How requests follow each other.
   *
   * @defaultValue one at a time: `{ kind: 'closed', concurrency: 1 }`
   */
  readonly load?: Load
  /**
   * How long the run lasts.
   *
   * @defaultValue `{ warmupMs: 3_000, durationMs: 30_000, requests: null }`
   */
  readonly extent?: Partial<Extent>
  /**
   * The same seed gives the same requests at the same times.
   *
   * @defaultValue 0
   */
  readonly seed?: number
  /**
   * What is asked.
   *
   * @defaultValue a few questions of callers
   */
  readonly requests?: Requests
  /** Sent along with each of them in `elevenlabs_extra_body`, as ElevenLabs does with `custom_llm_extra_body`. */
  readonly extraBody?: JsonObject
  /** `ttft p(95)<800`, `errors<0.01`, or the name of a set: `production`, `elevenlabs`. */
  readonly budgets?: readonly string[]
  /**
   * When a voice is handed text.
   *
   * @defaultValue 'elevenlabs-sentence'
   */
  readonly speechRule?: string
  /**
   * How fast the voice speaks.
   *
   * @defaultValue 15
   */
  readonly charactersPerSecond?: number
  /**
   * From text to its first sound.
   *
   * @defaultValue 0
   */
  readonly ttsDelayMs?: number
  /**
   * Says how a good stream breaks the contract; `null` for one that keeps it. One that breaks it is a
   * failure, however fast it was.
   *
   * @defaultValue every stream passes
   */
  readonly judge?: (answer: ExchangeReading) => Breach | null
  /** Says what is wrong with any other answer; asked for the first failure of each kind. */
  readonly explain?: (answer: ExchangeReading) => Breach | null
  /**
   * Measures the instrument before the run.
   *
   * @defaultValue true
   */
  readonly calibrate?: boolean
  readonly shard?: Shard
  /**
   * When all shards start, by the clock on the wall, in milliseconds since 1970. A run that is late for
   * it starts at once, and its report says so; one that would be over is refused.
   */
  readonly startAt?: number
  /**
   * Stops when the share of failures exceeds it.
   *
   * @defaultValue never
   */
  readonly stopAtErrorRate?: number
  /**
   * Keeps the measured values beside their histograms, as `compare` needs them.
   *
   * @defaultValue true
   */
  readonly keepSamples?: boolean
  /** Stops the run; what came back until then is reported. */
  readonly signal?: AbortSignal
  /** Called about ten times a second. */
  readonly onProgress?: (progress: BenchProgress) => void
}

/** What is wrong with an answer. */
export interface Breach {
  /** The rule of the contract that it breaks; `null` where its status says enough. */
  readonly check: string | null
  /** In a line. */
  readonly seen: string
}

export type BenchProgress =
  | { readonly phase: 'preflight' | 'calibration' }
  | {
      readonly phase: 'warm-up' | 'run'
      readonly elapsedMs: number
      readonly totalMs: number
      readonly inFlight: number
      readonly attempted: number
      readonly errors: number
      readonly perSecond: number
      readonly ttftP50: number | null
      readonly ttftP99: number | null
    }
