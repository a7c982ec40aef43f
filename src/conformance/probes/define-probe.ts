import type { EndpointRequest } from '../../endpoint/index.ts'
import type { JsonObject } from '../../protocol/index.ts'
import type { Gap } from '../check/gap.ts'
import type { Evidence } from '../evidence/evidence.ts'
import type { Expectation } from '../evidence/expectation.ts'

/** Every probe, and what it asks for. Those for `replies` ask for a streamed completion. */
const ASKS_FOR = {
  'streamed-turn': 'replies',
  'streamed-story': 'replies',
  'tool-result': 'replies',
  farewell: 'replies',
  'two-callers': 'replies',
  'barge-in': 'replies',
  'silent-caller': 'replies',
  'streamed-unicode': 'replies',
  'plain-speech': 'replies',
  'tool-choice-none': 'replies',
  'two-tools': 'replies',
  'required-tool': 'replies',
  superset: 'replies',
  greeting: 'replies',
  'assistant-last': 'replies',
  'long-history': 'replies',
  'two-choices': 'replies',
  replay: 'replies',
  'non-stream': 'other',
  'invalid-json': 'other',
  'missing-messages': 'other',
  'unknown-model': 'other',
  'wrong-method': 'other',
  'wrong-key': 'other',
  'large-prompt': 'other',
  oversize: 'other',
  models: 'other',
  preflight: 'other',
} as const

export type ProbeId = keyof typeof ASKS_FOR

export const STREAMED_PROBES = (Object.keys(ASKS_FOR) as ProbeId[]).filter(asksForStream)

export function isProbeId(name: string): name is ProbeId {
  return Object.hasOwn(ASKS_FOR, name)
}

export function asksForStream(probe: ProbeId): boolean {
  return ASKS_FOR[probe] === 'replies'
}

/** What `large-prompt` sends: a bit less than the most that ElevenLabs allows a system prompt to have. */
export const LARGE_PROMPT_BYTES = 1_900_000

/** Those whose times are judged: nothing else is sent meanwhile. */
export const TIMED_PROBES = [
  'streamed-turn',
  'streamed-story',
  'tool-result',
  'farewell',
] as const satisfies readonly ProbeId[]

/** Those whose words are the model's own, and which are sampled: their style is judged. */
export const SPEECH_PROBES = [
  'streamed-turn',
  'streamed-story',
  'tool-result',
  'plain-speech',
  'greeting',
] as const satisfies readonly ProbeId[]

/** Those that no endpoint can answer with a reply: how it says so is judged. */
export const ERROR_PROBES = [
  'invalid-json',
  'missing-messages',
  'unknown-model',
  'wrong-method',
  'wrong-key',
  'oversize',
] as const satisfies readonly ProbeId[]

/** One HTTP request a probe may send; what is left out is as a platform would send it. */
export interface ProbeRequest extends EndpointRequest {
  /** Text is sent as it is; an object with what the run adds to it. */
  readonly body?: JsonObject | string
  /** Hangs up as soon as the reply says something. */
  readonly hangUp?: 'on-content'
  /** Was recorded, and is sent without what a platform would add. */
  readonly verbatim?: true
  /** Is no turn, but finds out what of one is refused. */
  readonly purpose?: 'control'
  /** Names the exchange, beside its probe. */
  readonly name?: string
  /** What the answer should be. */
  readonly expect?: Expectation
}

/** Sends a request of a probe and records what comes back. */
export type Send = (request: ProbeRequest) => Promise<Evidence>

/** Something a platform does to an endpoint: one request, or several that belong together. */
export interface Probe {
  readonly id: ProbeId
  /** What it asks for, in a few words. */
  readonly title: string
  /** How many requests it sends, if all goes well. */
  readonly requests: number
  /** Nothing else is sent meanwhile: for the sake of its times, or of the state it leaves behind. */
  readonly alone?: true
  /** Whether it is part of a quick run. */
  readonly quick?: true
  /** Its requests may be sent again: to see what a model does mostly, or what is refused. */
  readonly repeatable?: true
  /** Sends them; gives the reason where there is nothing to send. */
  readonly run: (send: Send, run: { readonly hasKey: boolean }) => Promise<Gap | void>
}

export function defineProbe(probe: Probe): Probe {
  return probe
}
