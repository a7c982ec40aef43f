import { type Dialect, ExchangeReading } from '../../protocol/index.ts'
import type { SpeechRule } from '../../speech/index.ts'
import type { HttpRequest } from '../../wire/index.ts'
import type { Flight } from '../lane/lane-messages.ts'
import { classify, type FailureClass } from '../measure/classify.ts'
import { measure, type SpeechOptions } from '../measure/measure.ts'
import { type Answer, readAnswer } from '../measure/read-answer.ts'
import { toExchange } from '../measure/to-exchange.ts'
import { type RequestLimit, Tally } from '../tally/tally.ts'
import type { BenchOptions, Breach } from './bench-options.ts'
import type { Quote } from './quote-safely.ts'

/** What all flights of a run have in common. */
interface Context {
  readonly dialect: Dialect
  readonly request: Omit<HttpRequest, 'body'>
  readonly bodies: readonly string[]
}

/** How an answer failed; `breach` where it was held against the contract. */
interface Failed {
  readonly failure: FailureClass
  readonly breach?: Breach
}

/** Turns flights into figures, as they come in. */
export class Evaluation {
  readonly tally: Tally
  readonly #judge: BenchOptions['judge']
  readonly #explain: BenchOptions['explain']
  readonly #quote: Quote
  readonly #speech: SpeechOptions
  readonly #startedAt = new Date()
  #events = 0
  #coalesced = 0
  #firstMs = Infinity
  #lastMs = 0

  constructor(
    options: BenchOptions,
    limits: readonly RequestLimit[],
    rule: SpeechRule,
    quote: Quote,
  ) {
    const { charactersPerSecond, ttsDelayMs, judge, explain } = options
    this.tally = new Tally(limits)
    this.#judge = judge
    this.#explain = explain
    this.#quote = quote
    this.#speech = {
      rule,
      ...(charactersPerSecond !== undefined && { charactersPerSecond }),
      ...(ttsDelayMs !== undefined && { ttsDelayMs }),
    }
  }

  /** From the first measured request being due to the end of the last. */
  get measuredMs(): number {
    return Math.max(0, this.#lastMs - this.#firstMs)
  }

  get coalescedShare(): number {
    return this.#events === 0 ? 0 : this.#coalesced / this.#events
  }

  /** Judged once there are enough requests to tell. */
  get errorRate(): number {
    const { attempted, ok } = this.tally
    return attempted < 20 ? 0 : 1 - ok / attempted
  }

  add(flight: Flight, context: Context): void {
    const { wiredMs, dueMs, calledMs, end, cancelled, connectMs } = flight
    if (isUnfinished(flight)) return
    if (flight.resent) this.tally.resent += 1
    const exchange = toExchange(flight, context.request, context.bodies, this.#startedAt)
    const reading = new ExchangeReading(exchange, context.dialect)
    const answer = readAnswer(reading)
    const lagMs = (wiredMs ?? calledMs) - dueMs
    const failed = cancelled ? null : this.#failureOf(reading, answer)
    const measurement =
      cancelled || failed ? undefined : measure(exchange, answer, lagMs, this.#speech)
    if (measurement && connectMs !== null) this.tally.addCold(connectMs, measurement)
    if (flight.index < 0) return
    this.#firstMs = Math.min(this.#firstMs, dueMs)
    this.#lastMs = Math.max(this.#lastMs, (wiredMs ?? calledMs) + end.atMs)
    if (flight.previousId !== undefined) this.tally.chained += 1
    this.#events += answer.events
    this.#coalesced += answer.coalesced
    if (failed) {
      const { failure } = failed
      this.tally.add({ kind: 'failed', failure, ...this.#causeOf(failed, reading) })
    } else this.tally.add(measurement ? { kind: 'ok', measurement } : { kind: 'cancelled' })
  }

  /** Counts what the run was interrupted in, and judges nothing. */
  addUnfinished(flight: Flight): void {
    const { index, dueMs, wiredMs, end } = flight
    if (index < 0 || wiredMs === null || !isUnfinished(flight)) return
    this.#firstMs = Math.min(this.#firstMs, dueMs)
    this.#lastMs = Math.max(this.#lastMs, wiredMs + end.atMs)
    this.tally.addUnfinished(end.atMs)
  }

  progress(elapsedMs: number) {
    const { attempted, ok, metrics } = this.tally
    return {
      attempted,
      errors: attempted - ok,
      perSecond: elapsedMs > 0 ? (attempted / elapsedMs) * 1_000 : 0,
      ttftP50: metrics.ttft.histogram.percentile(50),
      ttftP99: metrics.ttft.histogram.percentile(99),
    }
  }

  /** What a failure is called, and what was seen of the first that is called so. */
  #causeOf({ failure, breach }: Failed, reading: ExchangeReading): { name: string; seen?: string } {
    const { causes } = this.tally
    const { exchange } = reading
    const called = failure === 'status' ? `status ${exchange.response?.status}` : failure
    if (failure !== 'contract' && causes.has(called)) return { name: called }
    const found = breach ?? this.#explain?.(reading)
    const name = failure === 'contract' ? (found?.check ?? called) : called
    return found && !causes.has(name) ? { name, seen: this.#quote(found.seen, exchange) } : { name }
  }

  #failureOf(reading: ExchangeReading, answer: Answer): Failed | null {
    const failure = classify(reading.exchange, answer)
    if (failure) return { failure }
    const breach = this.#judge?.(reading)
    return breach ? { failure: 'contract', breach } : null
  }
}

/** Whether we hung up because the run was interrupted. */
function isUnfinished({ end, cancelled }: Flight): boolean {
  return end.how === 'aborted' && !cancelled
}
