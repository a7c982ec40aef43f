import type { Fault, Reply, Call, Handler } from '../../wire/index.ts'
import { pause } from './pause.ts'

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
