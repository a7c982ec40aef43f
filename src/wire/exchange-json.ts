import type { Arrival, Exchange } from './exchange.ts'

/** An exchange as it is saved: each piece of the body as text where it is UTF-8, else in base64. */
export interface ExchangeJson extends Omit<Exchange, 'arrivals' | 'decoded'> {
  readonly schemaVersion: 1
  readonly arrivals: readonly ArrivalJson[]
  readonly decoded: readonly ArrivalJson[] | null
}

/** A piece of a body, as text where it is UTF-8. */
export type ArrivalJson =
  | { readonly atMs: number; readonly text: string }
  | { readonly atMs: number; readonly base64: string }

/** Turns an exchange into JSON data; no byte and no time is lost. */
export function exchangeToJson(exchange: Exchange): ExchangeJson {
  return {
    schemaVersion: 1,
    ...exchange,
    arrivals: exchange.arrivals.map(arrivalToJson),
    decoded: exchange.decoded?.map(arrivalToJson) ?? null,
  }
}

/** Reads back what {@link exchangeToJson} wrote. */
export function exchangeFromJson(json: ExchangeJson): Exchange {
  const { schemaVersion: _, ...exchange } = json
  return {
    ...exchange,
    arrivals: json.arrivals.map(arrivalFromJson),
    decoded: json.decoded?.map(arrivalFromJson) ?? null,
  }
}

// A byte order mark is a byte like any other here.
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const utf8 = new TextEncoder()

/** Turns a piece of a body into JSON data. */
export function arrivalToJson({ atMs, bytes }: Arrival): ArrivalJson {
  try {
    return { atMs, text: strictUtf8.decode(bytes) }
  } catch {
    return { atMs, base64: btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')) }
  }
}

/** Reads back what {@link arrivalToJson} wrote. */
export function arrivalFromJson(json: ArrivalJson): Arrival {
  const bytes =
    'text' in json
      ? utf8.encode(json.text)
      : Uint8Array.from(atob(json.base64), (char) => char.charCodeAt(0))
  return { atMs: json.atMs, bytes }
}
