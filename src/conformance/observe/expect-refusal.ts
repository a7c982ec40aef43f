import type { Evidence } from '../evidence/evidence.ts'
import type { Exchange } from '../../wire/index.ts'
import type { Observation } from '../check/define-check.ts'
import { describeAnswer } from './describe-answer.ts'

/** A request that is wrong on purpose. */
interface WrongRequest {
  /** Names it at the start of a sentence. */
  readonly what: string
  readonly expected: string
  readonly isFine: (status: number) => boolean
}

/** Judges the status of the answer to a wrong request; no answer is never fine. */
export function* expectRefusal(
  evidence: Evidence & { readonly exchange: Exchange },
  { what, expected, isFine }: WrongRequest,
): Generator<Observation, void> {
  const { end, response } = evidence.exchange
  const actual = describeAnswer(evidence)
  if (!response) {
    const why =
      end.how === 'failed' ? ': the connection broke' : ` within ${Math.round(end.atMs)} ms`
    yield { message: `${what} got no response${why}.`, expected, actual }
  } else if (!isFine(response.status)) {
    yield { message: `${what} was answered with status ${response.status}.`, expected, actual }
  }
}

/** The statuses that blame the client. */
export function blamesClient(status: number): boolean {
  return status >= 400 && status < 500
}
