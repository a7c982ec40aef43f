import type { SpeechRule } from '../../speech/index.ts'
import type { Exchange, HttpRequest } from '../../wire/index.ts'
import type { Flight } from '../lane/lane-messages.ts'
import { classify, type FailureClass } from '../measure/classify.ts'
import { measure, type SpeechOptions } from '../measure/measure.ts'
import { type Answer, readAnswer } from '../measure/read-answer.ts'
import { toExchange } from '../measure/to-exchange.ts'
import { type Outcome, type RequestLimit, Tally } from '../tally/tally.ts'
import type { BenchOptions } from './bench-options.ts'

/** What all flights of a run have in common. */
interface Context {
  readonly request: Omit<HttpRequest, 'body'>
  readonly bodies: readonly string[]
}

/** Turns flights into figures, as they come in. */
export class Evaluation {
  readonly tally: Tally
  readonly #judge: BenchOptions['judge']
  readonly #explanation: BenchOptions['explain']
  readonly #speech: SpeechOptions
  readonly #startedAt = new Date()
  #events = 0
  #coalesced = 0
  #firstMs = Infinity
  #lastMs = 0

  constructor(options: BenchOptions, limits: readonly RequestLimit[], rule: SpeechRule) {
    const { charactersPerSecond, ttsDelayMs, judge, explain } = options
    this.tally = new Tally(limits)
    this.#judge = judge
    this.#explanation = explain
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
    // Hung up by us because the run was interrupted.
    if (end.how === 'aborted' && !cancelled) return
    if (flight.resent) this.tally.resent += 1
    const exchange = toExchange(flight, context.request, context.bodies, this.#startedAt)
    const answer = readAnswer(exchange)
    const lagMs = (wiredMs ?? calledMs) - dueMs
    const failure = cancelled ? null : this.#failureOf(exchange, answer)
    const measurement =
      cancelled || failure ? undefined : measure(exchange, answer, lagMs, this.#speech)
    if (measurement && connectMs !== null) this.tally.addCold(connectMs, measurement)
    if (flight.index < 0) return
    this.#firstMs = Math.min(this.#firstMs, dueMs)
    this.#lastMs = Math.max(this.#lastMs, (wiredMs ?? calledMs) + end.atMs)
    this.#events += answer.events
    this.#coalesced += answer.coalesced
    if (failure) this.#explain(failure, exchange)
    this.tally.add(outcomeOf(failure, measurement))
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

  #explain(failure: FailureClass, exchange: Exchange): void {
    const { failed, failureExamples } = this.tally
    if (failed[failure] > 0) return
    const seen = this.#explanation?.(exchange) ?? null
    if (seen !== null) failureExamples[failure] = seen
  }

  #failureOf(exchange: Exchange, answer: Answer): FailureClass | null {
    const failure = classify(exchange, answer)
    if (failure || !this.#judge) return failure
    return this.#judge(exchange) ? null : 'contract'
  }
}

function outcomeOf(
  failure: FailureClass | null,
  measurement: Extract<Outcome, { kind: 'ok' }>['measurement'] | undefined,
): Outcome {
  if (failure) return { kind: 'failed', failure }
  return measurement ? { kind: 'ok', measurement } : { kind: 'cancelled' }
}
