import { type Fault, type Reply } from '../../wire/index.ts'
import { slowDown } from './slow-down.ts'

/** Between two frames: time enough to hang up. */
const PAUSE_MS = 20

/** An endpoint that answers one request otherwise after a client has left in the middle of a reply. */
export function afterHangUp(answer: (reply: Reply) => Reply): Fault {
  return {
    wrap: (handler) => {
      let wasLeft = false
      return async (request, gone) => {
        gone.addEventListener('abort', () => (wasLeft = true))
        const reply = await handler(request, gone)
        if (wasLeft) {
          wasLeft = false
          return answer(reply)
        }
        return request.body?.includes('table') ? slowDown(reply, PAUSE_MS) : reply
      }
    },
  }
}
