import {
  type ChatRequest,
  isJsonObject,
  type Json,
  type JsonObject,
  parseJson,
} from '../../../protocol/index.ts'
import { plainMessages } from './plain-messages.ts'

/** What every server takes. */
const PLAIN = [
  'model',
  'messages',
  'stream',
  'temperature',
  'max_tokens',
  'top_p',
  'stop',
  'tools',
  'tool_choice',
]
/** Without these, it is another request. */
const NEEDED = new Set(['model', 'messages', 'stream', 'tools'])
/** Names of members that are words, too: only in quotes are they meant. */
const WORDS = new Set(['user', 'stop', 'n', 'seed', 'store', 'metadata', 'modalities', 'functions'])

/** Who says so refuses a member whatever it holds; other refusals are of one value of it. */
export const NEVER_TAKEN =
  /support|unknown|unrecogni[sz]ed|unexpected|extra|not (?:permitted|allowed|implemented)|forbidden|cannot find|additional propert/i

/** How much of a request is made plain. */
const LEVELS = ['as-it-is', 'messages', 'all'] as const

/** What a server was found to refuse; it is not asked for that again. */
export class Manners {
  readonly #refused = new Set<string>()
  #level = 0

  /** The request as this server takes it, without some members. */
  apply(request: ChatRequest, leftOut: ReadonlySet<string>): JsonObject {
    const json: JsonObject = {}
    for (const [key, value] of Object.entries(request as unknown as JsonObject)) {
      const isKept = LEVELS[this.#level] !== 'all' || PLAIN.includes(key)
      if (isKept && !this.#refused.has(key) && !leftOut.has(key)) json[key] = value
    }
    if (this.#refused.has('max_tokens') && request.max_tokens) {
      json['max_completion_tokens'] ??= request.max_tokens
    }
    if (this.#level > 0) json['messages'] = plainMessages(request.messages) as unknown as Json
    return json
  }

  /**
   * Learns from the body of a refusal; tells whether there is another way to ask. Members that are named
   * are left out: from now on where the server never takes them, else of this request alone. Where none
   * is named, the messages are made plain, then all of the request.
   */
  learn(request: ChatRequest, refusal: string, leftOut: Set<string>): boolean {
    const isLeftOut = (key: string) => this.#refused.has(key) || leftOut.has(key)
    const named = Object.keys(request).filter(
      (key) => !NEEDED.has(key) && !isLeftOut(key) && isNamedIn(refusal, key),
    )
    const refused = NEVER_TAKEN.test(refusal) ? this.#refused : leftOut
    for (const key of named) refused.add(key)
    if (named.length > 0) return true
    if (this.#level === LEVELS.length - 1) return false
    this.#level += 1
    return true
  }

  /** Asks as before again, since nothing helped. */
  unlearn(): void {
    this.#level = 0
  }
}

/** Whether a refusal names a member of the request: as OpenAI and pydantic do, or in its words. */
function isNamedIn(refusal: string, key: string): boolean {
  const inQuotes = new RegExp(String.raw`["'\`](?:body\.)?${key}["'\`]`)
  if (inQuotes.test(withoutOwnNames(refusal))) return true
  return !WORDS.has(key) && new RegExp(String.raw`\b${key}\b`).test(refusal)
}

/** What an error object calls its own members is none of the request's. */
function withoutOwnNames(refusal: string): string {
  const json = parseJson(refusal)
  const error = isJsonObject(json) ? (json['error'] ?? json['detail'] ?? json) : refusal
  return isJsonObject(error) ? JSON.stringify(Object.values(error)) : JSON.stringify(error)
}
