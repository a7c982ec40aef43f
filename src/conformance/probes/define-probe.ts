import type { JsonObject } from '../../protocol/index.ts'
import type { Exchange, Header } from '../../wire/index.ts'

/** Every probe, and whether what it sends asks for a streamed completion. */
const ASKS_FOR = {
  'streamed-turn': 'stream',
  'streamed-story': 'stream',
  'streamed-unicode': 'stream',
  farewell: 'stream',
  'two-tools': 'stream',
  'required-tool': 'stream',
  'tool-result': 'stream',
  preflight: 'other',
} as const

export type ProbeId = keyof typeof ASKS_FOR

export function isProbeId(name: string): name is ProbeId {
  return Object.hasOwn(ASKS_FOR, name)
}

export function asksForStream(probe: ProbeId): boolean {
  return ASKS_FOR[probe] === 'stream'
}

/** One HTTP request a probe may send; what is left out is as a platform would send it. */
export interface ProbeRequest {
  readonly method?: string
  readonly body?: JsonObject
  readonly headers?: readonly Header[]
}

/** Sends a request of a probe and records what comes back. */
export type Send = (request: ProbeRequest) => Promise<Exchange>

/** Something a platform does to an endpoint: one request, or several that belong together. */
export interface Probe {
  readonly id: ProbeId
  /** What it asks for, in a few words. */
  readonly title: string
  /** How many requests it sends at most. */
  readonly requests: number
  /** Sends them; its result is the exchanges in the order in which they were sent. */
  readonly run: (send: Send) => Promise<void>
}

export function defineProbe(probe: Probe): Probe {
  return probe
}
