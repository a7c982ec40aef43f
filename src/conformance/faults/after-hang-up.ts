import { type Fault, type Reply, type Call, type Handler } from '../../wire/index.ts'
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
    wrap<C extends Call>(handler: Handler<C>): Handler<C> {
      let wasLeft = false
      return async (request, call) => {
        call.gone.addEventListener('abort', () => (wasLeft = true))
        const reply = await handler(request, call)
        if (wasLeft) {
          wasLeft = false
          return answer(reply)
        }
        return slowTables(reply, request)
      }
    },
  }
}
