import type { FastifyError } from 'fastify'
import { errorReply } from '../../protocol/index.ts'
import type { Reply } from '../../wire/index.ts'
import { nodeHttp } from '../../wire/node.ts'

/** What to say of what fastify, or our own code, could not do. */
export function failure({ code, statusCode = 500 }: Partial<FastifyError>): Reply {
  return errorReply({
    status: statusCode,
    // What went wrong inside is for the operator, not for the client.
    message: (code !== undefined && MESSAGES[code]) || messageOf(statusCode),
  })
}

const MESSAGES: Readonly<Record<string, string>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'Send the request as "Content-Type: application/json".',
  FST_ERR_CTP_BODY_TOO_LARGE: 'The request body is larger than this gateway accepts.',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'The request body is not as long as its Content-Length.',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'The request body is empty.',
  FST_ERR_BAD_URL: 'The URL cannot be decoded.',
}

function messageOf(status: number): string {
  if (status >= 500) return 'The gateway failed to answer.'
  return `The request cannot be read: ${nodeHttp.STATUS_CODES[status] ?? status}.`
}
