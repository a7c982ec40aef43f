import { type Fault, type Reply } from '../../wire/index.ts'
import { onlyFor } from './only-for.ts'
import { setTimes } from './set-times.ts'

/** Leaves time enough to hang up, on a busy machine too. */
const slowTables = onlyFor(
  /table/,
  setTimes((i) => (i < 3 ? i * 20 : 5_000)),
)

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
        return slowTables(reply, request)
      }
    },
  }
}
