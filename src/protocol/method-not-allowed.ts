import type { Reply } from '../wire/index.ts'
import type { Dialect } from './dialect.ts'
import { errorReply } from './error-reply.ts'

/** The path is known, the method is not. */
export function methodNotAllowed(method: string, { title }: Dialect): Reply {
  return errorReply({
    status: 405,
    message: `${method} is not allowed here. ${title} are asked for with POST.`,
    headers: [['allow', 'POST, OPTIONS']],
  })
}
