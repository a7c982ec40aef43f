export type SoundcheckErrorCode =
  | 'INVALID_INPUT'
  | 'UNKNOWN_CHECK'
  | 'HOST_NOT_FOUND'
  | 'CONNECTION_REFUSED'
  | 'UNREACHABLE'
  | 'PROXY'
  | 'TLS'
  | 'UNAUTHORIZED'
  | 'NOT_FOUND'

/**
 * A run that cannot start: an option that makes no sense, or no endpoint to judge.
 *
 * Whatever an endpoint answers is a result, never an error.
 */
export class SoundcheckError extends Error {
  readonly code: SoundcheckErrorCode

  constructor(code: SoundcheckErrorCode, message: string) {
    super(message)
    this.name = 'SoundcheckError'
    this.code = code
  }
}
