import {
  type Arrival,
  type Exchange,
  type Header,
  type HttpRequest,
  namesASecret,
} from '../wire/index.ts'

/** Anything shorter, or a plain word, would also be found in ordinary text. */
const MIN_LENGTH = 4
const PLAIN_WORD = /^[a-z_]{1,12}$/
/** Stands for the key in commands that a reader may copy. */
const KEY_PLACEHOLDER = 'Bearer $SOUNDCHECK_API_KEY'

/** What may contain secrets. */
export interface Credentials {
  /** The URL as the user gave it. */
  readonly givenUrl: string
  readonly apiKey: string | undefined
  /** The headers the user gave. */
  readonly headers: readonly Header[]
}

/** Removes secrets from whatever is shown or saved. */
export interface Redactor {
  readonly text: (text: string) => string
  /** A request whose headers show no value that the user gave. */
  readonly request: (request: HttpRequest) => HttpRequest
  /** An exchange without secrets, sent or sent back; lengths stay as they are. */
  readonly exchange: (exchange: Exchange) => Exchange
}

/**
 * Makes a redactor. Headers the user gave are hidden in requests, whatever they are. The key, and
 * values whose names speak of secrets, are replaced by asterisks wherever they turn up, in the usual
 * encodings too.
 */
export function redactor(credentials: Credentials): Redactor {
  const secrets = findSecrets(credentials)
  const given = new Set(credentials.headers.map(([name]) => name.toLowerCase()))
  const text = (shown: string) =>
    secrets.reduce((rest, secret) => rest.replaceAll(secret, '*'.repeat(secret.length)), shown)

  const request = ({ method, url, headers, body }: HttpRequest): HttpRequest => ({
    method,
    url: text(url),
    headers: headers.map(([name, value]): Header => {
      if (given.has(name.toLowerCase())) return [name, '***']
      return name.toLowerCase() === 'authorization' ? [name, KEY_PLACEHOLDER] : [name, text(value)]
    }),
    body: body === null ? null : text(body),
  })

  return {
    text,
    request,
    exchange(exchange) {
      const { response, decoded, arrivals, end } = exchange
      const plain = decoded && redactBytes(decoded, secrets)
      return {
        ...exchange,
        request: request(exchange.request),
        response: response && {
          ...response,
          statusText: text(response.statusText),
          headers: response.headers.map(([name, value]): Header => [name, text(value)]),
        },
        // Within a content coding nothing can be replaced: such a body is kept decoded.
        arrivals: plain ?? redactBytes(arrivals, secrets),
        decoded: plain,
        end: end.how === 'failed' ? { ...end, message: text(end.message) } : end,
      }
    },
  }
}

function findSecrets({ givenUrl, apiKey, headers }: Credentials): string[] {
  const telling = [...headers, ...rawQuery(givenUrl)].filter(([name]) => namesASecret(name))
  const values = telling.flatMap(([name, value]) => (/cookie/i.test(name) ? cookies(value) : value))
  const secrets = [...(apiKey === undefined ? [] : [apiKey]), ...values].flatMap(withoutScheme)
  return [...new Set(secrets.flatMap(encodings))]
    .filter((secret) => secret.length >= MIN_LENGTH && !PLAIN_WORD.test(secret))
    .toSorted((a, b) => b.length - a.length)
}

/** The query as it was typed: decoding and encoding again would not give the same text. */
function rawQuery(url: string): Header[] {
  const query = /\?([^#]*)/.exec(url)?.[1] ?? ''
  return query.split('&').map((pair) => {
    const at = pair.indexOf('=')
    return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)]
  })
}

function cookies(value: string): string[] {
  return [value, ...value.split(/; */).map((pair) => pair.slice(pair.indexOf('=') + 1))]
}

/** A credential with and without its scheme; of a Basic one, also what it encodes. */
function withoutScheme(value: string): string[] {
  const [, scheme, bare] = /^([\w-]+) +(\S.*)$/.exec(value) ?? []
  if (scheme === undefined || bare === undefined) return [value]
  if (scheme.toLowerCase() !== 'basic') return [value, bare]
  const pair = Buffer.from(bare, 'base64').toString()
  return [value, bare, pair, pair.slice(pair.indexOf(':') + 1)]
}

function encodings(secret: string): string[] {
  return [
    secret,
    encodeURIComponent(secret),
    decodeOr(secret),
    JSON.stringify(secret).slice(1, -1),
    secret.replaceAll('/', '\\/'),
    Buffer.from(secret).toString('base64'),
  ]
}

function decodeOr(secret: string): string {
  try {
    return decodeURIComponent(secret)
  } catch {
    return secret
  }
}

function redactBytes(arrivals: readonly Arrival[], secrets: readonly string[]): readonly Arrival[] {
  if (secrets.length === 0) return arrivals
  const body = Buffer.concat(arrivals.map((arrival) => arrival.bytes))
  for (const secret of secrets) {
    const needle = Buffer.from(secret)
    for (let at = body.indexOf(needle); at >= 0; at = body.indexOf(needle, at)) {
      body.fill('*', at, at + needle.length)
    }
  }
  let offset = 0
  return arrivals.map(({ atMs, bytes: { length } }) => {
    offset += length
    return { atMs, bytes: body.subarray(offset - length, offset) }
  })
}
