import type { Header } from '../exchange.ts'
import { isOrdinary } from './is-ordinary.ts'
import { isKeyInPath, looksLikeAKey } from './looks-like-a-key.ts'
import { namesASecret } from './names-a-secret.ts'

/** What may contain secrets. */
export interface Credentials {
  /** The URL as it was given: decoding and encoding it would not give the same text. */
  readonly givenUrl: string
  readonly apiKey: string | undefined
  /** The headers the user gave. */
  readonly headers: readonly Header[]
  /** Other secrets that are sent. */
  readonly sentAlong?: readonly string[]
}

/** Anything shorter, or a plain word such as `none` or `sk-...`, would also be found in ordinary text. */
const MIN_LENGTH = 4
const MAX_WORD = 12
const WORDS = /^[\w .-]+$/
/** A scheme is no secret. */
const SCHEME = /^(?:bearer|basic|token|api-?key|key) +(?=\S)/i
/** What is named so may look like a key, and is none. */
const NAMES_NO_KEY = /(?:^|[-_])(?:model|version|date|id)$/i
/** What clients and proxies say of themselves and of a request, which may look like anything. */
const NAMES_A_SENDER =
  /^(?:host|origin|user-agent|traceparent|tracestate|sentry-trace|idempotency-key|x-(?:request|correlation|amzn-trace)-id|x-call-sid)$/i

/** The secrets among credentials: the key, and what a name or its own look gives away as one. */
export function secretsOf({ givenUrl, apiKey, headers, sentAlong = [] }: Credentials): string[] {
  const values = [
    ...(apiKey === undefined ? [] : credentialsIn(apiKey)),
    ...headers.filter(holdsSecret).flatMap(valuesOf),
    ...secretsInQuery(givenUrl).flatMap(valuesOf),
    ...keysInPath(givenUrl),
    ...userInfoOf(givenUrl),
    ...sentAlong,
  ]
  return [...new Set(values)].filter((value) => value.length >= MIN_LENGTH && !isPlainWord(value))
}

/** Whether a header, or a member of a query, holds a secret, by its name or by its look. */
export function holdsSecret([name, value]: Header): boolean {
  if (NAMES_A_SENDER.test(name)) return false
  if (namesASecret(name)) return true
  return looksLikeAKey(value) && (!NAMES_NO_KEY.test(name) || isKeyInPath(value))
}

function isPlainWord(value: string): boolean {
  return value.length <= MAX_WORD && WORDS.test(value) && isOrdinary(value)
}

function valuesOf([name, value]: Header): string[] {
  if (!/cookie/i.test(name)) return credentialsIn(value)
  return [value, ...value.split(/; */).map((pair) => pair.slice(pair.indexOf('=') + 1))]
}

/** A credential without its scheme; of a Basic one, also what it encodes, and the password alone. */
function credentialsIn(value: string): string[] {
  const scheme = SCHEME.exec(value)?.[0] ?? ''
  const bare = value.slice(scheme.length)
  if (!/^basic/i.test(scheme)) return [bare]
  const pair = decodedBase64(bare)
  return [bare, pair, pair.slice(pair.indexOf(':') + 1)]
}

/** Members of a query or a fragment, also where semicolons part them, or those of a path. */
const MEMBERS = [/(?:^[^?#]*\?|[#&])([^#&]*)/g, /;([^?#&;]*)/g, /[?#&]([^?#&;]*);/g]

/** The members of a query, a fragment or a path that hold secrets, by their names or by their look. */
export function secretsInQuery(url: string): Header[] {
  const pairs = MEMBERS.flatMap((pattern) => Array.from(url.matchAll(pattern), ([, pair]) => pair!))
  return pairs
    .map((pair): Header => {
      const at = pair.indexOf('=')
      return at < 0 ? ['', pair] : [pair.slice(0, at), pair.slice(at + 1)]
    })
    .filter(([name, value]) => holdsSecret([decodedUrl(name), decodedUrl(value)]))
}

const USER_INFO = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#]*)@/i

/** What a URL says of the user: all of it, and the password alone. */
function userInfoOf(url: string): string[] {
  const info = USER_INFO.exec(url)?.[2]
  return info === undefined ? [] : [info, info.slice(info.indexOf(':') + 1)]
}

const REDACTED = '[redacted]'

/** A URL without user and password, and without the values of members that hold secrets. */
export function withoutSecretsInUrl(url: string): string {
  const secret = new Set(secretsInQuery(url).map(([name]) => name))
  const redact = (pair: string, before: string, name: string) =>
    secret.has(name) ? `${before}${name}=${REDACTED}` : pair
  return url
    .replace(USER_INFO, `$1${REDACTED}@`)
    .replaceAll(/([?#&])([^?#&;=]+)=[^#&]*/g, redact)
    .replaceAll(/(;)([^?#&;=]+)=[^?#&;]*/g, redact)
}

/** The segments of a path that must be taken for keys. */
export function keysInPath(url: string): string[] {
  const path = url.replace(/[?#;].*$/s, '')
  return path.split('/').filter((segment) => isKeyInPath(decodedUrl(segment)))
}

function decodedBase64(text: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text), (byte) => byte.charCodeAt(0)))
  } catch {
    return text
  }
}

function decodedUrl(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
