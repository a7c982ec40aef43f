import type { Reply } from '../wire/index.ts'
import { errorReply } from './error-reply.ts'

/** The path is known, the method is not. */
export function methodNotAllowed(method: string): Reply {
  return errorReply({
    status: 405,
    message: `${method} is not allowed here. Chat completions are asked for with POST.`,
    headers: [['allow', 'POST, OPTIONS']],
  })
}

/** The path is unknown. */
export function notFound(method: string, url: string): Reply {
  return errorReply({
    status: 404,
    message: `There is no ${method} ${url}. Chat completions are at POST /v1/chat/completions.`,
    code: 'unknown_url',
  })
}
