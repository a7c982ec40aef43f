import { type Measurement, measure } from '../../src/bench/measure/measure.ts'
import { chat, type Dialect, ExchangeReading } from '../../src/protocol/index.ts'
import { readAnswer } from '../../src/bench/measure/read-answer.ts'
import { speechRules } from '../../src/speech/index.ts'
import type { Exchange } from '../../src/wire/index.ts'
import { event, exchangeOf } from './exchanges.ts'

const SPEECH = { rule: speechRules['elevenlabs-sentence'], charactersPerSecond: 10 }

/** What an exchange measures, at 10 characters a second. */
export function measured(exchange: Exchange, lagMs = 0, dialect: Dialect = chat): Measurement {
  return measure(exchange, readAnswer(new ExchangeReading(exchange, dialect)), lagMs, SPEECH)
}

/** What an exchange measures whose body arrived in these reads. */
export function valuesOf(
  reads: Parameters<typeof exchangeOf>[0],
  lagMs = 0,
): Measurement['values'] {
  return measured(exchangeOf(reads), lagMs).values
}

/** The event that tells of tokens. */
export function usage(tokens: number, details = {}): string {
  return event({ choices: [], usage: { completion_tokens: tokens, ...details } })
}
