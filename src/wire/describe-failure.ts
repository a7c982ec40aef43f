import type { FailureReason } from './exchange.ts'

const REASONS: Record<string, FailureReason> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  EAI_FAIL: 'dns',
  EAI_NODATA: 'dns',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  ETIMEDOUT: 'unreachable',
  UND_ERR_CONNECT_TIMEOUT: 'unreachable',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  ERR_PROXY: 'proxy',
  EPROTO: 'tls',
  CERT_HAS_EXPIRED: 'tls',
  CERT_NOT_YET_VALID: 'tls',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls',
  UNABLE_TO_GET_ISSUER_CERT: 'tls',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls',
  UND_ERR_SOCKET: 'premature-end',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'content-length',
  UND_ERR_HEADERS_OVERFLOW: 'malformed',
  HTTPParserError: 'malformed',
}

export interface Failure {
  readonly reason: FailureReason
  readonly code: string
  readonly message: string
}

/** Sorts an error of the network stack (Node.js, OpenSSL, undici) by what went wrong. */
export function describeFailure(error: unknown): Failure {
  const cause = rootCause(error)
  const code = (cause as { code?: string }).code ?? cause.name
  const message = (cause.message || code) + quoted((cause as { data?: unknown }).data)
  return { reason: reasonFor(code), code, message }
}

/** Far more than is shown: what is cut here cannot end within a secret that would have been seen. */
const MOST_QUOTED = 1_000

/** The first of the bytes that a parser refused. */
function quoted(data: unknown): string {
  return typeof data === 'string' ? `: ${JSON.stringify(data.slice(0, MOST_QUOTED))}` : ''
}

function reasonFor(code: string): FailureReason {
  const known = REASONS[code]
  if (known) return known
  if (code.startsWith('HPE_')) return 'malformed'
  if (code.startsWith('ERR_TLS_') || code.startsWith('ERR_SSL_')) return 'tls'
  return 'other'
}

/** Node.js tries each address of a host and wraps the failures; the first one tells the story. */
function rootCause(error: unknown): Error {
  if (error instanceof AggregateError && error.errors.length > 0) return rootCause(error.errors[0])
  if (!(error instanceof Error)) return new Error(String(error))
  const code = (error as { code?: unknown }).code
  if (code === undefined && error.cause !== undefined) return rootCause(error.cause)
  return error
}
