/** A command that holds budgets against what it measures. */
export type Command = 'check' | 'bench'

/** What can be measured of an answer. */
export interface Metric {
  readonly unit: 'ms' | 'tokens/s' | 'tokens' | 'characters' | 'times'
  readonly definition: string
  /** What ElevenLabs calls it in `conversation_turn_metrics`. */
  readonly elevenLabs?: string
  /** Further words for the very same. */
  readonly aliases?: readonly string[]
  readonly measuredBy: readonly Command[]
  /** What the other command has that comes closest, where it does not measure this. */
  readonly nearest?: string
}

const BENCH = ['bench'] as const
const CHECK = ['check'] as const
const BOTH = ['check', 'bench'] as const

/**
 * All metrics, in the order of reports. Times count from the request on the wire, unless they say
 * otherwise.
 *
 * A turn that only calls tools has no text: it has a `first_content`, and a `ttft_any`, but no `ttft`.
 * Reasoning ends `ttft_any` alone. So none of the three is another word for one of the others.
 */
export const metrics = {
  ttft: {
    unit: 'ms',
    definition: 'to the first text',
    elevenLabs: 'convai_llm_service_ttfb',
    measuredBy: BOTH,
  },
  ttft_sched: {
    unit: 'ms',
    definition: 'to the first text, from the moment the request should have been sent',
    measuredBy: BENCH,
    nearest: 'ttft',
  },
  ttft_any: {
    unit: 'ms',
    definition: 'to the first text, reasoning or tool call',
    measuredBy: BENCH,
    nearest: 'first_content',
  },
  first_content: {
    unit: 'ms',
    definition: 'to the first text or tool call',
    measuredBy: CHECK,
    nearest: 'ttft_any',
  },
  ttft_subst: {
    unit: 'ms',
    definition: 'to the first text after buffer words ("... ")',
    measuredBy: BENCH,
    nearest: 'ttft',
  },
  ttfs: {
    unit: 'ms',
    definition: 'to the first unit a voice can speak, once its end is certain',
    elevenLabs: 'convai_llm_service_ttf_sentence',
    aliases: ['first_sentence'],
    measuredBy: BOTH,
  },
  first_unit_chars: {
    unit: 'characters',
    definition: 'length of that first unit',
    measuredBy: BENCH,
  },
  voice_start: {
    unit: 'ms',
    definition: 'to the first sound, with the delay of the synthesis',
    measuredBy: BENCH,
    nearest: 'ttfs',
  },
  dead_air: {
    unit: 'ms',
    definition: 'silence after the voice has started, in all',
    measuredBy: BENCH,
  },
  dead_air_count: {
    unit: 'times',
    definition: 'how often the voice ran dry',
    measuredBy: BENCH,
  },
  ttfb: {
    unit: 'ms',
    definition: 'to the first byte of the body',
    aliases: ['first_byte'],
    measuredBy: BOTH,
  },
  tth: { unit: 'ms', definition: 'to the response headers', measuredBy: BOTH },
  tt_role: {
    unit: 'ms',
    definition: 'to the first delta without text, such as the role',
    measuredBy: BENCH,
    nearest: 'ttfb',
  },
  icl: { unit: 'ms', definition: 'between two reads that brought text', measuredBy: BENCH },
  stall: { unit: 'ms', definition: 'the longest such gap of an answer', measuredBy: BENCH },
  tpot: {
    unit: 'ms',
    definition:
      'from first to last text, per token after the first (needs usage that tells reasoning apart, and no tool call)',
    measuredBy: BENCH,
  },
  tps: {
    unit: 'tokens/s',
    definition:
      'tokens from first to last text (needs usage that tells reasoning apart, and no tool call)',
    measuredBy: BENCH,
  },
  tokens_per_chunk: {
    unit: 'tokens',
    definition:
      'for each event with text (needs usage that tells reasoning apart, and no tool call)',
    measuredBy: BENCH,
  },
  e2e: {
    unit: 'ms',
    definition: 'to the last text or tool call',
    measuredBy: BENCH,
    nearest: 'total',
  },
  e2e_sched: {
    unit: 'ms',
    definition: 'to the last text or tool call, from the moment the request should have been sent',
    measuredBy: BENCH,
    nearest: 'total',
  },
  total: {
    unit: 'ms',
    definition: 'to the end of the response',
    measuredBy: CHECK,
    nearest: 'e2e',
  },
  close_tail: {
    unit: 'ms',
    definition: 'from the last text or tool call to the end of the response',
    measuredBy: BENCH,
  },
  lag: {
    unit: 'ms',
    definition: 'from the moment a request should have been sent to the wire',
    measuredBy: BENCH,
  },
} as const satisfies Readonly<Record<string, Metric>>

export type MetricName = keyof typeof metrics

/** The metrics that a command measures. */
export type MetricOf<C extends Command> = {
  [Name in MetricName]: C extends (typeof metrics)[Name]['measuredBy'][number] ? Name : never
}[MetricName]

/** The names of the metrics that a command measures, in the order of reports. */
export function metricsOf<C extends Command>(command: C): readonly MetricOf<C>[] {
  return (Object.keys(metrics) as MetricName[]).filter((name) => isMeasuredBy(name, command))
}

export function isMeasuredBy<C extends Command>(name: MetricName, command: C): name is MetricOf<C> {
  const measuredBy: readonly Command[] = metrics[name].measuredBy
  return measuredBy.includes(command)
}
