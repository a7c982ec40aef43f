import type { FastifyError } from 'fastify'
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

/** What fastify, or our own code, could not do. */
export function failure(error: FastifyError): Reply {
  switch (error.code) {
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return errorReply({
        status: 415,
        message: 'Send the request as "Content-Type: application/json".',
      })
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return errorReply({
        status: 413,
        message: 'The request body is larger than this server accepts.',
      })
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return errorReply({ status: 400, message: 'The request body is empty.' })
  }
  const status = error.statusCode ?? 500
  // What went wrong inside is for the operator, not for the client.
  return errorReply({
    status,
    message: status < 500 ? error.message : 'The server failed to answer.',
  })
}
