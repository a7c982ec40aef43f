import type { Call, Fault, Handler, Reply } from '../../wire/index.ts'
import { onlyFor } from './answer-otherwise.ts'
import { setTimes } from './edit-frames.ts'

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

/** For the second request to arrive, on a busy machine too. */
const LONG_ENOUGH_MS = 150

/** An endpoint that answers a request otherwise while the same one is under way. */
export function duplicatesGet(answer: (reply: Reply) => Reply): Fault {
  return {
    wrap<C extends Call>(handler: Handler<C>): Handler<C> {
      const underWay = new Set<string>()
      return async (request, call) => {
        const { body } = request
        if (body === null) return handler(request, call)
        if (underWay.has(body)) return answer(await handler(request, call))
        underWay.add(body)
        await pause(LONG_ENOUGH_MS)
        const reply = await handler(request, call)
        underWay.delete(body)
        return reply
      }
    },
  }
}

/** Timers of a thread that was held up all fire at once, before it takes new requests. */
const PARTS = 10

/** Waits, as a handler does that has something to do; requests come in meanwhile, even after a stall. */
export async function pause(ms: number): Promise<void> {
  for (let i = 0; i < PARTS; i++) await new Promise((resolve) => setTimeout(resolve, ms / PARTS))
}
