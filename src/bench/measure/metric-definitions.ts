/** A metric of a request that came to a good end. */
export interface MetricDefinition {
  readonly unit: 'ms' | 'tokens/s' | 'tokens' | 'characters' | 'times'
  readonly definition: string
  /** What ElevenLabs calls it in `conversation_turn_metrics`. */
  readonly elevenLabs?: string
}

/** All metrics. Times count from the request on the wire, unless they say otherwise. */
export const metricDefinitions = {
  ttft: {
    unit: 'ms',
    definition: 'to the first text',
    elevenLabs: 'convai_llm_service_ttfb',
  },
  ttft_sched: {
    unit: 'ms',
    definition: 'to the first text, from the moment the request should have been sent',
  },
  ttft_any: { unit: 'ms', definition: 'to the first text, reasoning or tool call' },
  ttft_subst: { unit: 'ms', definition: 'to the first text after buffer words ("... ")' },
  ttfs: {
    unit: 'ms',
    definition: 'to the first unit a voice can speak, once its end is certain',
    elevenLabs: 'convai_llm_service_ttf_sentence',
  },
  first_unit_chars: { unit: 'characters', definition: 'length of that first unit' },
  voice_start: { unit: 'ms', definition: 'to the first sound, with the delay of the synthesis' },
  dead_air: { unit: 'ms', definition: 'silence after the voice has started, in all' },
  dead_air_count: { unit: 'times', definition: 'how often the voice ran dry' },
  ttfb: { unit: 'ms', definition: 'to the first byte of the body' },
  tth: { unit: 'ms', definition: 'to the response headers' },
  tt_role: { unit: 'ms', definition: 'to the first delta without text, such as the role' },
  icl: { unit: 'ms', definition: 'between two reads that brought text' },
  stall: { unit: 'ms', definition: 'the longest such gap of an answer' },
  tpot: {
    unit: 'ms',
    definition:
      'from first to last text, per token after the first (needs usage that tells reasoning apart, and no tool call)',
  },
  tps: {
    unit: 'tokens/s',
    definition:
      'tokens from first to last text (needs usage that tells reasoning apart, and no tool call)',
  },
  tokens_per_chunk: {
    unit: 'tokens',
    definition:
      'for each event with text (needs usage that tells reasoning apart, and no tool call)',
  },
  e2e: { unit: 'ms', definition: 'to the last text or tool call' },
  e2e_sched: {
    unit: 'ms',
    definition: 'to the last text or tool call, from the moment the request should have been sent',
  },
  close_tail: {
    unit: 'ms',
    definition: 'from the last text or tool call to the end of the response',
  },
  lag: { unit: 'ms', definition: 'from the moment a request should have been sent to the wire' },
} as const satisfies Record<string, MetricDefinition>

export type MetricName = keyof typeof metricDefinitions

export const METRIC_NAMES = Object.keys(metricDefinitions) as MetricName[]
