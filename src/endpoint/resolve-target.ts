import { type Header, type HttpProxy, secretsInBody, secretsOf } from '../wire/index.ts'
import { SoundcheckError } from './soundcheck-error.ts'
import { besides, requestUrl } from './request-url.ts'
import { type Environment, proxyFor } from './proxy-for.ts'
import { assertSentAlong } from './assert-sent-along.ts'

export interface TargetOptions {
  /** The server URL as the platform is given it; the path of the dialect is appended. */
  readonly url: string
  /**
   * Sent as a bearer token, unless `headers` say how to authorize. An empty one is none: a secret of CI
   * that is not set is an empty variable.
   */
  readonly apiKey?: string
  /** Replaces the model of every request. */
  readonly model?: string
  /** Further headers of every request. */
  readonly headers?: readonly Header[]
  /** Sent along with every request, where the platform puts it: what ElevenLabs calls `custom_llm_extra_body`. */
  readonly extraBody?: object
  /**
   * For each request, from the call to the end of the answer.
   *
   * @defaultValue 20_000
   */
  readonly timeoutMs?: number
  /**
   * The URL of a proxy to send through; or an environment, such as `process.env`, whose `HTTPS_PROXY` or
   * `HTTP_PROXY` may name one for what is neither on this machine nor among `NO_PROXY`.
   *
   * @defaultValue none
   */
  readonly proxy?: string | Environment | undefined
}

/** How a dialect puts requests: where, and in what words those of chat completions are put. */
export interface RequestForm {
  readonly path: string
  makeRequest(request: object): object
}

/** An endpoint, and how to talk to it. */
export interface Target {
  /** The whole URL. */
  readonly url: string
  /** Where the list of models is. */
  readonly modelsUrl: string
  readonly form: RequestForm
  /** As the user gave it. */
  readonly givenUrl: string
  /** `undefined` where none is sent, or headers take its place. */
  readonly apiKey: string | undefined
  readonly model: string | undefined
  readonly headers: readonly Header[]
  readonly proxy: HttpProxy | undefined
  /** The secrets of what is sent along, and those for the proxy. */
  readonly sentAlong: readonly string[]
  readonly timeoutMs: number
}

const DEFAULT_TIMEOUT_MS = 20_000

/**
 * Reads the options that describe an endpoint.
 *
 * @throws SoundcheckError for a URL, a proxy, a time or an extra body that cannot be used.
 */
export function resolveTarget(options: TargetOptions, form: RequestForm): Target {
  const { timeoutMs = DEFAULT_TIMEOUT_MS } = options
  if (!(timeoutMs > 0 && timeoutMs <= 3_600_000)) {
    throw new SoundcheckError(
      'INVALID_INPUT',
      `timeoutMs is ${timeoutMs}; it must be more than 0 and at most an hour`,
    )
  }
  const { headers = [] } = options
  const sendsAuthorization = headers.some(([name]) => name.toLowerCase() === 'authorization')
  const url = requestUrl(options.url, form.path)
  const proxy = options.proxy === undefined ? undefined : proxyFor(url, options.proxy)
  const forProxy = { givenUrl: '', apiKey: proxy?.authorization, headers: [] }
  return {
    url,
    modelsUrl: besides(url, form.path, '/models'),
    form,
    givenUrl: options.url,
    apiKey: sendsAuthorization || options.apiKey === '' ? undefined : options.apiKey,
    model: options.model,
    headers,
    proxy,
    sentAlong: [...secretsSentAlong(options.extraBody), ...secretsOf(forProxy)],
    timeoutMs,
  }
}

function secretsSentAlong(extraBody: object = {}): readonly string[] {
  assertSentAlong(extraBody, 'within')
  const secrets = secretsInBody(JSON.stringify(extraBody))
  if (secrets) return secrets
  throw new SoundcheckError(
    'INVALID_INPUT',
    'the extra body cannot be sent: it holds more secrets than can be kept out of reports',
  )
}
