import type { Header } from '../exchange.ts'
import { secretsOf } from './secrets-of.ts'

/** A member, also of JSON within strings of JSON, or of what is not quite JSON. */
const MEMBER = /"([^"\\]{1,64})\\*"\s*:\s*(?:\[\s*)?\\*"((?:[^"\\]|\\+[^"\\]){0,4096})/g
const ELEMENT = /(?<=[[,]\s{0,64}\\*)"([\w.~+/:=-]{16,4096})\\*"(?!\s*:)/g
/** In a conversation, a `code`, a `key` or a `session` may be anything. */
const NAMES_A_SECRET =
  /(?:api|access|auth|private|master|subscription|client)[-_]?(?:key|secret)|tokens?$|authorization|passw|passphrase|pwd|secret|credential|bearer/i
/** Keys that are made for the APIs of models, and JSON Web Tokens. */
const LIKE_A_SECRET = /^(?:sk-[\w-]{8,}|eyJ[\w-]{8,}\.eyJ[\w-]+)/
const MEMBER_OF_URL = /([?&#;])([^=?&#;]*)=([^?&#;]*)/g
const URL_LIKE = /^[a-z][a-z0-9+.-]*:\/\//i
/** Other secrets are in one piece. */
const NAMES_A_PHRASE = /passw|passphrase|pwd/i

/** To look for as many characters takes a fifth of a second. */
const MOST = 1_024

/**
 * The secrets that a JSON text tells: strings that are secrets by the name of their member, or by their
 * look; `undefined` where they are more than can be looked for.
 */
export function secretsInBody(body: string): readonly string[] | undefined {
  const told = new Set<string>()
  let characters = 0
  for (const [name, value] of stringsIn(body)) {
    for (const secret of secretsIn(name, value)) {
      if (told.has(secret)) continue
      told.add(secret)
      characters += secret.length
      if (characters > MOST) return undefined
    }
  }
  return [...told]
}

function* stringsIn(body: string): Generator<Header, void, undefined> {
  for (const [, name, value] of body.matchAll(MEMBER)) yield [name!, value!]
  for (const [, value] of body.matchAll(ELEMENT)) yield ['', value!]
}

function secretsIn(name: string, value: string): string[] {
  if (URL_LIKE.test(value)) {
    const givenUrl = value.replaceAll(MEMBER_OF_URL, (pair, mark, key: string, told: string) =>
      isSecret(key, told) ? pair : mark,
    )
    return secretsOf({ givenUrl, apiKey: undefined, headers: [] })
  }
  return isSecret(name, value) ? secretsOf({ givenUrl: '', apiKey: value, headers: [] }) : []
}

function isSecret(name: string, value: string): boolean {
  if (!NAMES_A_SECRET.test(name)) return LIKE_A_SECRET.test(value)
  return NAMES_A_PHRASE.test(name) || !/\S\s+\S+\s+\S/.test(value)
}
