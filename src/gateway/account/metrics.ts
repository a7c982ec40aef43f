import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from '@prometheus-io/client'
import { tokensSpent } from './tokens-spent.ts'
import type { TurnObserver, TurnOpening, TurnRecord } from './turn-record.ts'

/** What a scrape is answered with. */
export interface Exposition {
  readonly contentType: string
  readonly body: string
}

/** In seconds; dense where it is decided whether a caller notices. */
const VOICE_BUCKETS = [0.1, 0.25, 0.4, 0.6, 0.8, 1, 1.5, 2, 3, 4, 6, 10]
const DURATION_BUCKETS = [0.25, 0.5, 1, 2, 3, 5, 8, 13, 20, 30, 60, 120]

/** Where there is no name: no key is needed, or the request names no model that is configured. */
const NONE = 'none'
/** So many keys have series of their own: names may come from a function. */
const MOST_KEYS = 200
const OTHER_KEYS = 'others'

/** Counts turns for Prometheus. */
export class GatewayMetrics implements TurnObserver {
  /** What is told of turns; `exposition` adds what is told of the process. */
  readonly registry = new Registry()
  readonly #keys = new Set<string>()

  readonly #requests = this.#counter(
    'requests_total',
    'Requests that are over, by how they ended.',
    ['model', 'key', 'outcome'],
  )
  readonly #inFlight = new Gauge({
    name: 'soundcheck_gateway_requests_in_flight',
    help: 'Requests that are under way.',
    labelNames: ['model'],
    registers: [this.registry],
  })
  readonly #firstContent = this.#histogram(
    'first_content_seconds',
    "From a request to the model's first own word, or its call of a tool; buffer words do not count.",
    VOICE_BUCKETS,
  )
  readonly #firstSentence = this.#histogram(
    'first_sentence_seconds',
    'From a request to the first sentence that a voice can speak.',
    VOICE_BUCKETS,
  )
  readonly #longestGap = this.#histogram(
    'longest_gap_seconds',
    'The longest time between two pieces of content of an answer.',
    VOICE_BUCKETS,
  )
  readonly #duration = this.#histogram(
    'request_duration_seconds',
    'From a request to its end.',
    DURATION_BUCKETS,
  )
  readonly #tokens = this.#counter(
    'tokens_total',
    'Tokens that upstreams took in and gave out, as they told, or counted here where they told nothing; those of answers from the cache or of a twin are not spent again.',
    ['model', 'key', 'type', 'source'],
  )
  readonly #attempts = this.#counter(
    'upstream_attempts_total',
    'How often upstreams were asked, and why they gave no whole answer.',
    ['model', 'upstream', 'fault'],
  )
  readonly #fallbacks = this.#counter(
    'fallbacks_total',
    'How often another upstream was asked in place of one that failed, by the one that was asked then.',
    ['model', 'upstream'],
  )
  readonly #bufferWords = this.#counter('buffer_words_total', 'How often buffer words were said.', [
    'model',
  ])
  readonly #cacheLookups = this.#counter(
    'cache_lookups_total',
    'Requests that were looked up in the cache of answers.',
    ['model', 'result'],
  )
  readonly #shared = this.#counter(
    'shared_answers_total',
    'Requests that got the answer of a twin, which was under way at the same time.',
    ['model'],
  )

  readonly began = (opening: TurnOpening): ((record: TurnRecord) => void) => {
    const model = opening.model ?? NONE
    this.#inFlight.inc({ model })
    return (record) => {
      this.#inFlight.dec({ model })
      this.#count(record)
    }
  }

  /** What Prometheus is told. */
  async exposition(): Promise<Exposition> {
    const registry = Registry.merge([this.registry, processRegistry()])
    return { contentType: registry.contentType, body: await registry.metrics() }
  }

  #count(record: TurnRecord): void {
    const model = record.model ?? NONE
    const key = this.#keyOf(record)
    this.#requests.inc({ model, key, outcome: record.outcome })
    this.#duration.observe({ model }, record.totalMs / 1000)
    for (const [histogram, ms] of [
      [this.#firstContent, record.firstContentMs],
      [this.#firstSentence, record.firstSentenceMs],
      [this.#longestGap, record.longestGapMs],
    ] as const) {
      if (ms !== null) histogram.observe({ model }, ms / 1000)
    }
    const spent = tokensSpent(record)
    if (spent) {
      const { source } = spent
      this.#tokens.inc({ model, key, type: 'input', source }, spent.input)
      this.#tokens.inc({ model, key, type: 'output', source }, spent.output)
    }
    // A model that the caller named may be anything: the label is the configured name.
    record.attempts.forEach(({ upstream, fault, ...attempt }, i, attempts) => {
      this.#attempts.inc({ model, upstream, fault: fault ?? NONE })
      const before = attempts[i - 1]
      if (before && (before.upstream !== upstream || before.model !== attempt.model))
        this.#fallbacks.inc({ model, upstream })
    })
    if (record.bufferWords > 0) this.#bufferWords.inc({ model }, record.bufferWords)
    if (record.cache !== 'off') this.#cacheLookups.inc({ model, result: record.cache })
    if (record.isShared) this.#shared.inc({ model })
  }

  #keyOf({ key }: TurnOpening): string {
    if (key === null) return NONE
    if (this.#keys.size < MOST_KEYS) this.#keys.add(key)
    return this.#keys.has(key) ? key : OTHER_KEYS
  }

  #counter<Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
  ): Counter<Label> {
    const registers = [this.registry]
    return new Counter({ name: `soundcheck_gateway_${name}`, help, labelNames, registers })
  }

  #histogram(name: string, help: string, buckets: number[]): Histogram<'model'> {
    return new Histogram({
      name: `soundcheck_gateway_${name}`,
      help,
      labelNames: ['model'],
      buckets,
      registers: [this.registry],
    })
  }
}

let sharedRegistry: Registry | undefined

/** There is one process: what collects its metrics has timers that cannot be stopped. */
function processRegistry(): Registry {
  if (!sharedRegistry) {
    sharedRegistry = new Registry()
    collectDefaultMetrics({ register: sharedRegistry })
  }
  return sharedRegistry
}
