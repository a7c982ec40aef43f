import type { Fault, Reply } from '../../wire/index.ts'
import { pause } from './pause.ts'

/** For the second request to arrive, on a busy machine too. */
const LONG_ENOUGH_MS = 150

/** An endpoint that answers a request otherwise while the same one is under way. */
export function duplicatesGet(answer: (reply: Reply) => Reply): Fault {
  return {
    wrap: (handler) => {
      const underWay = new Set<string>()
      return async (request, gone) => {
        const { body } = request
        if (body === null) return handler(request, gone)
        if (underWay.has(body)) return answer(await handler(request, gone))
        underWay.add(body)
        await pause(LONG_ENOUGH_MS)
        const reply = await handler(request, gone)
        underWay.delete(body)
        return reply
      }
    },
  }
}
