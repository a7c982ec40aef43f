/** Every probe, in the order in which they are sent, and what it asks for. Those for `replies` ask for a streamed completion. */
const ASKS_FOR = {
  'streamed-turn': 'replies',
  'streamed-story': 'replies',
  'tool-result': 'replies',
  farewell: 'replies',
  'two-callers': 'replies',
  'barge-in': 'replies',
  'long-history': 'replies',
  'silent-caller': 'replies',
  'streamed-unicode': 'replies',
  'plain-speech': 'replies',
  'tool-choice-none': 'replies',
  'two-tools': 'replies',
  'required-tool': 'replies',
  superset: 'replies',
  greeting: 'replies',
  'assistant-last': 'replies',
  'two-choices': 'replies',
  chain: 'replies',
  replay: 'replies',
  kept: 'other',
  reference: 'other',
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

export const PROBE_IDS = Object.keys(ASKS_FOR) as readonly ProbeId[]

export const STREAMED_PROBES = PROBE_IDS.filter(asksForStream)

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
