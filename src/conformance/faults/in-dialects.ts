import { dialectAt, dialects, errorReply } from '../../protocol/index.ts'
import {
  type Call,
  type Fault,
  type Handler,
  type HttpRequest,
  inject,
  pathOf,
} from '../../wire/index.ts'

/**
 * One fault of several dialects, by the id of each: which is meant, the path of a request says. In a
 * dialect that has no such fault it is refused, since a good answer would pass for a broken one.
 */
export function inDialects(faults: ReadonlyMap<string, Fault>, name: string): Fault {
  return {
    wrap<C extends Call>(handler: Handler<C>): Handler<C> {
      const broken = new Map(
        Array.from(faults, ([dialect, fault]) => [dialect, inject(fault, handler)] as const),
      )
      return async (request, call) => {
        const dialect = dialectAt(pathOf(request.url), dialects)
        if (!dialect || request.method !== 'POST') return handler(request, call)
        const known = broken.get(dialect.id)
        return known ? known(request, call) : notHere(request, name, dialect.title)
      }
    },
  }
}

function notHere({ url }: HttpRequest, name: string, title: string) {
  return errorReply({
    status: 400,
    message: `There is no fault "${name}" of what is answered at ${pathOf(url)} (${title}).`,
    code: 'no_such_fault',
  })
}
