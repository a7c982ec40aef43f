import type { ErrorResponse } from './error-response.ts'
import { escapedJsonReply, type Header, type Reply } from '../wire/index.ts'

export interface ApiError {
  readonly status: number
  readonly message: string
  readonly type?: string
  readonly param?: string
  readonly code?: string
  readonly headers?: readonly Header[]
}

/** Writes an error as OpenAI does, `{"error": {"message", "type", "param", "code"}}`. */
export function errorReply({ status, message, type, param, code, headers }: ApiError): Reply {
  const body: ErrorResponse = {
    error: {
      message,
      type: type ?? typeOf(status),
      param: param ?? null,
      code: code ?? null,
    },
  }
  return escapedJsonReply(status, body, headers)
}

function typeOf(status: number): string {
  if (status === 429) return 'rate_limit_error'
  return status < 500 ? 'invalid_request_error' : 'server_error'
}
