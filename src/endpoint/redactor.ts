import {
  type Arrival,
  concatArrivals,
  type Credentials,
  type Exchange,
  type Header,
  headerValue,
  type HttpRequest,
  pieceMask,
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
  /** A text that quotes an exchange, which may tell a secret in pieces. */
  readonly quoting: (text: string, exchange: Exchange | undefined) => string
}

/**
 * Makes a redactor. Headers the user gave are hidden in requests, whatever they are. The secrets among
 * them, the key and those of the URL are replaced by asterisks wherever they turn up, whole or in part,
 * however they are written.
 */
export function redactor(credentials: Credentials): Redactor {
  const secrets = secretsOf(credentials)
  const mask = secretMask(secrets)
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

  /** Texts that may tell a secret together. */
  const together = (texts: readonly string[]): string[] => {
    const masked = text(texts.join('\n'))
    let end = -1
    return texts.map(({ length }) => {
      const start = end + 1
      end = start + length
      return masked.slice(start, end)
    })
  }
  const headersWithout = (headers: readonly Header[]): Header[] => {
    const values = together(headers.map(([, value]) => value))
    return together(headers.map(([name]) => name)).map((name, i) => [name, values[i]!])
  }

  const body = (arrivals: readonly Arrival[]): Body => {
    const bytes = concatArrivals(arrivals)
    if (secrets.length > 0 && isCompressed(bytes)) return coded(arrivals)
    const masked = mask.body(bytes)
    return {
      arrivals: masked === bytes ? arrivals : asArrived(masked, arrivals),
      pieces: pieceMask(bytes, masked),
    }
  }
  /** Nothing can be replaced within a content coding: what is not undone shows nothing. */
  const coded = (arrivals: readonly Arrival[]): Body => ({
    arrivals: secrets.length > 0 ? asArrived(hidden(concatArrivals(arrivals)), arrivals) : arrivals,
    pieces: (said) => said,
  })
  const redacted = new WeakMap<Exchange, Redacted>()
  const redact = (exchange: Exchange): Redacted => {
    const known = redacted.get(exchange)
    if (known) return known
    const { response, decoded, arrivals, end } = exchange
    const plain = decoded && body(decoded)
    const isCoded = headerValue(response?.headers ?? [], 'content-encoding') !== undefined
    const shown = plain ?? (isCoded ? coded(arrivals) : body(arrivals))
    const result: Redacted = {
      pieces: shown.pieces,
      exchange: {
        ...exchange,
        request: request(exchange.request),
        response: response && {
          ...response,
          statusText: text(response.statusText),
          headers: headersWithout(response.headers),
        },
        // A body that was decoded is kept so.
        arrivals: shown.arrivals,
        decoded: plain && shown.arrivals,
        end: end.how === 'failed' ? { ...end, message: text(end.message) } : end,
      },
    }
    redacted.set(exchange, result)
    return result
  }

  return {
    text,
    request,
    exchange: (exchange) => redact(exchange).exchange,
    quoting: (said, exchange) => (exchange ? redact(exchange).pieces(text(said)) : text(said)),
  }
}

/** A body without secrets, and what texts must not quote of it. */
interface Body {
  readonly arrivals: readonly Arrival[]
  readonly pieces: (text: string) => string
}

interface Redacted {
  readonly exchange: Exchange
  readonly pieces: Body['pieces']
}

/** How bodies begin that are compressed with gzip or Zstandard, whatever their headers say. */
const MAGIC_NUMBERS = [
  [0x1f, 0x8b],
  [0x28, 0xb5, 0x2f, 0xfd],
]

function isCompressed(body: Uint8Array): boolean {
  return MAGIC_NUMBERS.some((magic) => magic.every((byte, i) => body[i] === byte))
}

function hidden({ length }: Uint8Array): Uint8Array {
  return new Uint8Array(length).fill(0x2a)
}

function asArrived(body: Uint8Array, arrivals: readonly Arrival[]): Arrival[] {
  let offset = 0
  return arrivals.map(({ atMs, bytes: { length } }) => {
    offset += length
    return { atMs, bytes: body.subarray(offset - length, offset) }
  })
}
