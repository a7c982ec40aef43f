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
/** How servers name a member that they do not know. */
const NAMED =
  /(?:unknown|unrecogni[sz]ed|unexpected|unsupported|not supported|not permitted|invalid|extra|additional|argument|parameter|property|field)[^"'`\n]{0,60}["'`]([\w.]{1,64})["'`]|["'`]([\w.]{1,64})["'`][^"'`\n]{0,40}(?:is not|not allowed|not supported|unsupported|unknown|unexpected)/gi

/** What a server was found to refuse; it is not asked for that again. */
export class Manners {
  readonly #refused = new Set<string>()
  #isPlain = false

  /** The request as this server takes it. */
  apply(request: ChatRequest): JsonObject {
    const entries = Object.entries(request as unknown as JsonObject)
    const kept = entries.filter(
      ([key]) => !this.#refused.has(key) && (!this.#isPlain || PLAIN.includes(key)),
    )
    const json = Object.fromEntries(kept)
    if (!this.#isPlain) return json
    return { ...json, messages: plainMessages(request.messages) as unknown as Json }
  }

  /**
   * Learns from the body of a refusal; tells whether there is another way to ask. A member that is named
   * is left out from now on; else the request is made as plain as it can be.
   */
  learn(request: ChatRequest, refusal: string): boolean {
    const named = namedIn(refusal).filter(
      (key) => key in request && !NEEDED.has(key) && !this.#refused.has(key),
    )
    for (const key of named) this.#refused.add(key)
    if (named.length > 0) return true
    if (this.#isPlain) return false
    this.#isPlain = true
    return true
  }

  /** Forgets that it asks plainly, since that did not help either. */
  unlearnPlain(): void {
    this.#isPlain = false
  }
}

/** The members of a request that a refusal names: as OpenAI, pydantic and others do. */
function namedIn(refusal: string): string[] {
  const json = parseJson(refusal)
  const named = [...paramsIn(json), ...[...refusal.matchAll(NAMED)].map(([, a, b]) => a ?? b ?? '')]
  return named
    .map((name) => /^(?:body\.)?(\w+)/.exec(name)?.[1] ?? '')
    .filter((name) => name !== '')
}

function paramsIn(json: Json | undefined): string[] {
  if (!isJsonObject(json)) return []
  const { error, detail } = json
  const param = isJsonObject(error) ? error['param'] : undefined
  const places = (Array.isArray(detail) ? detail : []).map((each) =>
    isJsonObject(each) && Array.isArray(each['loc']) ? each['loc'].at(1) : undefined,
  )
  return [param, ...places].filter((each) => typeof each === 'string')
}
