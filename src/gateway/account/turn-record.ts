import type { UpstreamFault } from '../upstream/upstream-error.ts'
import type { RequestParameters } from './request-parameters.ts'

/**
 * How a request ended.
 *
 * - `answered`: wholly; `apologized`: with the configured sentence, since no answer came in time.
 * - `refused`: by the gateway itself: its status says why.
 * - `failed`: no upstream answered, or one broke off.
 * - `client-left`: before its answer was over.
 * - `superseded`: by a newer request of the same conversation.
 * - `drained`: ended since the gateway stopped.
 */
export type Outcome =
  | 'answered'
  | 'apologized'
  | 'refused'
  | 'failed'
  | 'client-left'
  | 'superseded'
  | 'drained'

/** One upstream that was asked. */
export interface Attempt {
  readonly upstream: string
  readonly model: string
  /** Why it gave no answer, or no whole one; `null` where it answered, or nobody waited any more. */
  readonly fault: UpstreamFault | null
  /** The same in words, for logs; it may quote the upstream, secrets masked. */
  readonly why: string | null
  /** From when it was asked. */
  readonly ms: number
}

export interface TokenUse {
  readonly input: number
  readonly output: number
  readonly cached?: number
  readonly reasoning?: number
  /** Told by the upstream, or counted here since it told nothing. */
  readonly source: 'upstream' | 'counted'
}

/** What a request was when it came. */
export interface TurnOpening {
  /** `x-request-id`, taken over or made. */
  readonly id: string
  /** ISO 8601. */
  readonly startedAt: string
  /** The name of the key that it bore; `null` where none is needed. */
  readonly key: string | null
  /** The model by the name under which it is configured; `null` where the request names none that is. */
  readonly model: string | null
  readonly conversation: string | null
  readonly isStreamed: boolean
  readonly parameters?: RequestParameters
  /** The trace of the caller's that it belongs to, as its headers say. */
  readonly traceContext?: TraceContext
}

/** @see https://www.w3.org/TR/trace-context/ */
interface TraceContext {
  readonly traceparent: string
  readonly tracestate?: string
}

/** What became of a request. Times are in milliseconds since it came. */
export interface TurnRecord extends TurnOpening {
  readonly status: number
  readonly outcome: Outcome
  /** In the order in which they were asked; empty where nobody was. */
  readonly attempts: readonly Attempt[]
  /** Of the upstream that answered. */
  readonly upstream: string | null
  /** Of the model's own words, or its call of a tool; buffer words do not count. */
  readonly firstContentMs: number | null
  readonly firstSentenceMs: number | null
  /** The longest time between two pieces of content. */
  readonly longestGapMs: number | null
  /** The times between all pieces of content, for who keeps a histogram of them. */
  readonly gapsMs?: readonly number[]
  readonly totalMs: number
  readonly usage: TokenUse | null
  readonly finishReason: string | null
  /** How often buffer words were said. */
  readonly bufferWords: number
  readonly cache: 'off' | 'miss' | 'hit'
  /** Whether the answer is that of a twin, asked at the same time. */
  readonly isShared: boolean
  /** What was asked and said, for who wants it in logs. */
  readonly content: { readonly asked: string; readonly said: string }
}

/** Watches turns: metrics, logs, traces. What it throws is nobody's fault but its own, and changes nothing. */
export interface TurnObserver {
  /** Called when a request is read, and gives what is called once, when it is over. */
  readonly began: (opening: TurnOpening) => (record: TurnRecord) => void
}
