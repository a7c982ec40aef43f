import type { FastifyError } from 'fastify'
import { errorReply } from '../mocks/index.ts'
import type { Reply } from '../wire/index.ts'

/** What fastify, or our own code, could not do; bodies have up to `bodyLimit` bytes. */
export function failure(error: FastifyError, bodyLimit: number): Reply {
  switch (error.code) {
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return errorReply({
        status: 415,
        message: 'Send the request as "Content-Type: application/json".',
      })
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return errorReply({
        status: 413,
        message: `The request body is larger than the ${bodyLimit} bytes that this server accepts.`,
      })
    case 'FST_ERR_BAD_URL':
      return errorReply({ status: 400, message: 'The URL cannot be decoded.' })
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
