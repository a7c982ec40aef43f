import type { End } from '../../../wire/index.ts'
import type { Observation } from '../../check/define-check.ts'

/** What was seen of an endpoint that answered nothing, and what to do about it. */
export function describeSilence(
  end: End,
  connectMs: number | null,
): Pick<Observation, 'message' | 'fix'> {
  const after = `after ${Math.round(end.atMs)} ms`
  if (end.how === 'timeout') {
    const within = `within ${Math.round(end.atMs + (connectMs ?? 0))} ms, the time limit (--timeout)`
    if (end.headBytes !== undefined) {
      return {
        message: `${end.headBytes} bytes arrived, but not the end of the response head ${within}.`,
        fix: 'End the head with an empty line, and flush it: status line and headers each end with \\r\\n.',
      }
    }
    return {
      message: `Nothing arrived ${within}.`,
      fix: 'Look in your server log for what this request waits for (header x-soundcheck-probe); raise --timeout if it is only slow.',
    }
  }
  if (end.how !== 'failed') return { message: `No response arrived: it was over ${after}.` }
  switch (end.reason) {
    case 'reset':
    case 'premature-end':
      if (end.message === CONTINUED) {
        return {
          message: `An interim response (100 Continue) arrived ${after}; the HTTP client of Node.js ends the connection there.`,
          fix: 'Send 100 Continue only to requests that have the header "Expect: 100-continue".',
        }
      }
      return {
        message: `The connection was closed ${after} without an answer.`,
        fix: 'Look for a crash in the log of your server, or of a proxy before it, and check whether the port expects https.',
      }
    case 'refused':
      return {
        message: 'Nothing listens there any more: the connection was refused.',
        fix: 'Look in the log of your server for why it ended.',
      }
    case 'content-length':
      return {
        message: `The head of the response, which arrived ${after}, is not valid HTTP after its Content-Length: most often a Transfer-Encoding stands beside it.`,
        fix: 'Send one of the two, and leave Content-Length out of a stream.',
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

/** What undici says of a 100 that it did not ask for. */
const CONTINUED = 'bad response'
