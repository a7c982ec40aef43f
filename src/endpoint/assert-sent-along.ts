import { SoundcheckError } from './soundcheck-error.ts'
import { whyNotSentAlong } from './why-not-sent-along.ts'

/** @throws SoundcheckError for what cannot be sent along, `within` a member of each request or `beside` its members. */
export function assertSentAlong(extraBody: unknown, place: 'within' | 'beside'): void {
  const why = whyNotSentAlong(extraBody, place)
  if (why === undefined) return
  throw new SoundcheckError('INVALID_INPUT', `the extra body cannot be sent: ${why}`)
}
