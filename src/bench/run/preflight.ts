import {
  doubtOfProxy,
  redactor,
  SoundcheckError,
  type SoundcheckErrorCode,
  toHttpRequest,
  whyUnreachable,
} from '../../endpoint/index.ts'
import { ExchangeReading } from '../../protocol/index.ts'
import { record } from '../../wire/node.ts'
import type { AnswerShape } from '../instrument/calibrate.ts'
import type { BenchOptions } from './bench-options.ts'
import type { RunPlan } from './plan-run.ts'
import { quoteSafely } from './quote-safely.ts'
import { readAnswer } from '../measure/read-answer.ts'

const TYPICAL: AnswerShape = { firstMs: 200, gapMs: 20, events: 50 }

/**
 * Sends one request, to see that there is an endpoint, and what its answers look like.
 *
 * @throws SoundcheckError when there is none at this URL, or the key is refused.
 */
export async function preflight(
  { dialect, target, requests, abort: signal }: RunPlan,
  explain: BenchOptions['explain'],
): Promise<AnswerShape> {
  const [body] = requests.bodies
  const exchange = await record(toHttpRequest({ ...(body && { body }) }, target), {
    probe: 'bench',
    id: 'bench-preflight',
    timeoutMs: target.timeoutMs,
    terminator: dialect.terminator,
    signal,
    proxy: target.proxy,
  }).catch((error: Error) => {
    throw new SoundcheckError('INVALID_INPUT', `the request cannot be sent: ${error.message}`)
  })
  const answer = new ExchangeReading(exchange, dialect)
  const unreachable = whyUnreachable(exchange, target.proxy)
  if (unreachable) throw unreachable
  const status = exchange.response?.status
  const code = status === undefined ? undefined : HOPELESS[status]
  if (code) {
    const breach = explain?.(answer)
    const seen = breach ? quoteSafely(target)(breach.seen, exchange) : `status ${status}`
    const refusal = `${redactor(target).text(target.url)} refused the request (${seen})`
    const doubt = doubtOfProxy(target.url, status, target.proxy)
    throw doubt === undefined
      ? new SoundcheckError(code, `${refusal}.`)
      : new SoundcheckError('PROXY', `${refusal}; ${doubt}.`)
  }
  return shapeOf(answer)
}

/** What no request after it would fare better than: others, such as 400, may be about the first alone. */
const HOPELESS: Readonly<Record<number, SoundcheckErrorCode>> = {
  401: 'UNAUTHORIZED',
  403: 'UNAUTHORIZED',
  404: 'NOT_FOUND',
  405: 'NOT_FOUND',
  410: 'NOT_FOUND',
}

function shapeOf(answer: ExchangeReading): AnswerShape {
  const { text } = readAnswer(answer)
  const first = text[0]
  const last = text.at(-1)
  if (!first || !last) return TYPICAL
  const gap = text.length > 1 ? (last.atMs - first.atMs) / (text.length - 1) : TYPICAL.gapMs
  return { firstMs: first.atMs, gapMs: Math.max(1, gap), events: text.length }
}
