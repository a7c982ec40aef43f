import {
  type Arrival,
  concatArrivals,
  type Credentials,
  type Exchange,
  type Header,
  type HttpRequest,
  secretMask,
  secretsOf,
} from '../wire/index.ts'

/** Stands for the key in commands that a reader may copy. */
export const KEY_PLACEHOLDER = 'Bearer $SOUNDCHECK_API_KEY'

/** Removes secrets from whatever is shown or saved. */
export interface Redactor {
  readonly text: (text: string) => string
  /** A request whose headers show no value that the user gave. */
  readonly request: (request: HttpRequest) => HttpRequest
  /** An exchange without secrets, sent or sent back; lengths stay as they are, so that places do. */
  readonly exchange: (exchange: Exchange) => Exchange
}

/**
 * Makes a redactor. Headers the user gave are hidden in requests, whatever they are. The secrets among
 * them, the key and those of the URL are replaced by asterisks wherever they turn up, whole or in part,
 * however they are written.
 */
export function redactor(credentials: Credentials): Redactor {
  const mask = secretMask(secretsOf(credentials))
  const { text } = mask
  const given = new Set(credentials.headers.map(([name]) => name.toLowerCase()))

  const request = ({ method, url, headers, body }: HttpRequest): HttpRequest => ({
    method,
    url: text(url),
    headers: headers.map(([name, value]): Header => {
      if (given.has(name.toLowerCase())) return [name, '***']
      return name.toLowerCase() === 'authorization' ? [name, KEY_PLACEHOLDER] : [name, text(value)]
    }),
    body: body === null ? null : text(body),
  })

  const body = (arrivals: readonly Arrival[]): readonly Arrival[] => {
    const bytes = concatArrivals(arrivals)
    const masked = mask.body(bytes)
    return masked === bytes ? arrivals : asArrived(masked, arrivals)
  }
  const redacted = new WeakMap<Exchange, Exchange>()

  return {
    text,
    request,
    exchange(exchange) {
      const known = redacted.get(exchange)
      if (known) return known
      const { response, decoded, arrivals, end } = exchange
      const plain = decoded && body(decoded)
      const result: Exchange = {
        ...exchange,
        request: request(exchange.request),
        response: response && {
          ...response,
          statusText: text(response.statusText),
          headers: response.headers.map(([name, value]): Header => [text(name), text(value)]),
        },
        // Within a content coding nothing can be replaced: such a body is kept decoded.
        arrivals: plain ?? body(arrivals),
        decoded: plain,
        end: end.how === 'failed' ? { ...end, message: text(end.message) } : end,
      }
      redacted.set(exchange, result)
      return result
    },
  }
}

function asArrived(body: Uint8Array, arrivals: readonly Arrival[]): Arrival[] {
  let offset = 0
  return arrivals.map(({ atMs, bytes: { length } }) => {
    offset += length
    return { atMs, bytes: body.subarray(offset - length, offset) }
  })
}
