import type { End } from '../../wire/index.ts'
import type { Observation } from './define-check.ts'

/** What was seen of an endpoint that answered nothing, and what to do about it. */
export function describeSilence(
  end: End,
  connectMs: number | null,
): Pick<Observation, 'message' | 'fix'> {
  const after = `after ${Math.round(end.atMs)} ms`
  if (end.how === 'timeout') {
    return {
      message: `Nothing arrived within ${Math.round(end.atMs + (connectMs ?? 0))} ms, the time limit (--timeout).`,
      fix: 'Look in your server log for what this request waits for (header x-soundcheck-probe); raise --timeout if it is only slow.',
    }
  }
  if (end.how !== 'failed') return { message: `No response arrived: it was over ${after}.` }
  switch (end.reason) {
    case 'reset':
    case 'premature-end':
      return {
        message: `The connection was closed ${after} without an answer.`,
        fix: 'Look for a crash in the log of your server, or of a proxy before it, and check whether the port expects https.',
      }
    case 'refused':
      return {
        message: 'Nothing listens there any more: the connection was refused.',
        fix: 'Look in the log of your server for why it ended.',
      }
    case 'malformed':
      return {
        message: `What arrived ${after} is not valid HTTP.`,
        fix: 'Check the port and the protocol: another service may answer there. If it is yours, look at the status line and the headers it writes.',
      }
    default:
      return { message: `No response arrived; the connection failed ${after}.` }
  }
}
