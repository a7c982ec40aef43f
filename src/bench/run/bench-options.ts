import type { TargetOptions } from '../../endpoint/index.ts'
import type { Dialect, ExchangeReading, JsonObject } from '../../protocol/index.ts'
import type { Extent, Load, Shard } from '../plan/load.ts'
import type { Requests } from '../plan/requests.ts'

export interface BenchOptions extends TargetOptions {
  /** In which is asked and answered; chat completions, when absent. */
  readonly dialect?: Dialect
  /** One request at a time, when absent. */
  readonly load?: Load
  /** 30 s after 3 s of warm-up, when absent. */
  readonly extent?: Partial<Extent>
  /** The same seed gives the same requests at the same times; 0 when absent. */
  readonly seed?: number
  /** What is asked; a few questions of callers, when absent. */
  readonly requests?: Requests
  /** Sent along with each of them in `elevenlabs_extra_body`, as ElevenLabs does with `custom_llm_extra_body`. */
  readonly extraBody?: JsonObject
  /** `ttft p(95)<800`, `errors<0.01`, or the name of a set: `production`, `elevenlabs`. */
  readonly budgets?: readonly string[]
  /** When a voice is handed text: `elevenlabs-sentence` when absent. */
  readonly speechRule?: string
  /** How fast the voice speaks; 15 when absent. */
  readonly charactersPerSecond?: number
  /** From text to its first sound; 0 when absent. */
  readonly ttsDelayMs?: number
  /**
   * Says how a good stream breaks the contract; `null` for one that keeps it. One that breaks it is a
   * failure, however fast it was. Every stream passes when absent.
   */
  readonly judge?: (answer: ExchangeReading) => Breach | null
  /** Says what is wrong with any other answer; asked for the first failure of each kind. */
  readonly explain?: (answer: ExchangeReading) => Breach | null
  /** Measures the instrument before the run; true when absent. */
  readonly calibrate?: boolean
  readonly shard?: Shard
  /** When all shards start, by the clock on the wall, in milliseconds since 1970. */
  readonly startAt?: number
  /** Stops when the share of failures exceeds it; never when absent. */
  readonly stopAtErrorRate?: number
  /** Keeps the measured values beside their histograms, as `compare` needs them; true when absent. */
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
