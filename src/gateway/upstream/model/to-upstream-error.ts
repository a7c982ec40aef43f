import { UpstreamError, type UpstreamFault } from '../upstream-error.ts'
import { retryAfterMs } from '../retry-after.ts'

/** When it failed: before there was an answer, or within it. */
export type Stage = 'asking' | 'answering'

/** What errors of the AI SDK say; each package brings its own copy of their classes. */
interface Told {
  readonly name?: unknown
  readonly message?: unknown
  readonly statusCode?: unknown
  readonly code?: unknown
  readonly isRetryable?: unknown
  readonly responseHeaders?: Readonly<Record<string, string>>
  readonly cause?: unknown
}

const BY_NAME: Readonly<Record<string, UpstreamFault>> = {
  AI_LoadAPIKeyError: 'unauthorized',
  AI_LoadSettingError: 'unauthorized',
  AI_UnsupportedFunctionalityError: 'refused',
  AI_InvalidPromptError: 'refused',
  AI_InvalidArgumentError: 'refused',
  AI_NoSuchModelError: 'refused',
  AI_JSONParseError: 'garbled',
  AI_TypeValidationError: 'garbled',
  AI_InvalidResponseDataError: 'garbled',
  AI_EmptyResponseBodyError: 'garbled',
}

/**
 * Whatever a language model fails with, as one kind of error. The first error does not go with it: it
 * holds the whole request, with all that the caller said.
 */
export function toUpstreamError(error: unknown, stage: Stage): UpstreamError {
  if (error instanceof UpstreamError) return error
  const told: Told = typeof error === 'object' && error !== null ? error : { message: error }
  const status = statusOf(told)
  const wait = retryAfterMs((name) => told.responseHeaders?.[name])
  return new UpstreamError(faultOf(told, status, stage), wordsOf(told), {
    ...(status !== undefined && { status }),
    ...(wait !== undefined && { retryAfterMs: wait }),
  })
}

function faultOf(told: Told, status: number | undefined, stage: Stage): UpstreamFault {
  if (status === 401 || status === 403) return 'unauthorized'
  if (status === 429) return 'rate-limited'
  if (status !== undefined) return isOfServer(status, told) ? 'failed' : 'refused'
  const named = [told, told.cause as Told | undefined]
    .map((each) => BY_NAME[String(each?.name)])
    .find((fault) => fault !== undefined)
  if (named !== undefined) return named
  // Without a status, nothing came, or it stopped coming.
  if (isOfTheConnection(told))
    return stage === 'asking' && !told.statusCode ? 'unreachable' : 'broken'
  return 'failed'
}

/** A model that is not there is a mistake of who configured it, as a server is that broke. */
function isOfServer(status: number, { isRetryable }: Told): boolean {
  return status >= 500 || status === 404 || status === 405 || isRetryable === true
}

/** The status that says why; an answer that broke off has one, too, which says nothing. */
function statusOf({ statusCode, code }: Told): number | undefined {
  return [statusCode, code].find(
    (each): each is number => typeof each === 'number' && each >= 400 && each < 600,
  )
}

function isOfTheConnection({ name, isRetryable }: Told): boolean {
  return name === 'TypeError' || (name === 'AI_APICallError' && isRetryable === true)
}

function wordsOf({ message }: Told): string {
  return typeof message === 'string' && message !== '' ? message : 'It failed without a word.'
}
