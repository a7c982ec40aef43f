import Keyv, { KeyvMemoryAdapter } from 'keyv'
import type { JsonObject } from '../../protocol/index.ts'
import type { AnswerStore } from '../cache/answer-store.ts'
import { sha256 } from '../sha-256.ts'
import { BoundedTexts } from './bounded-texts.ts'

/** What is kept of a response. */
export interface RememberedResponse {
  readonly id: string
  /** All that was said up to its end, without instructions, in the words of chat completions. */
  readonly messages: readonly JsonObject[]
  /** Its output: each item may be referred to. */
  readonly items: readonly JsonObject[]
}

/** Responses that can be gone on from, by who asked for them: nobody finds those of another key. */
export interface ResponseStore {
  /** What was said up to the end of a response; nothing where it is not kept, or cannot be reached. */
  readonly messages: (asker: string, id: string) => Promise<readonly JsonObject[] | undefined>
  readonly item: (asker: string, id: string) => Promise<JsonObject | undefined>
  readonly add: (asker: string, response: RememberedResponse) => Promise<void>
}

export interface ResponseStoreOptions {
  /** How long a response is kept. */
  readonly ttlMs: number
  /**
   * How many responses and items are kept in memory; the oldest are forgotten first.
   *
   * @defaultValue 10000
   */
  readonly most?: number
  /** Where they are kept; in memory, when absent. */
  readonly store?: AnswerStore
}

type Kind = 'response' | 'item'

/** Characters of a conversation that is kept; a longer one has to be sent whole. */
const MAX_LENGTH = 1024 * 1024

/** Keeps responses, within a bound. Where they cannot be reached, nothing is kept, and nothing fails. */
export function responseStore(options: ResponseStoreOptions): ResponseStore {
  const { ttlMs, most = 10_000, store } = options
  const keyv = new Keyv<string>({
    store: store ?? new KeyvMemoryAdapter(new BoundedTexts(most)),
    ttl: ttlMs,
    namespace: 'soundcheck:response',
  })
  // Whoever keeps them tells of it.
  keyv.on('error', () => {})
  const find = async <T>(kind: Kind, asker: string, id: string): Promise<T | undefined> => {
    const text = await keyv.get(await keyOf(kind, asker, id))
    return text === undefined ? undefined : (JSON.parse(text) as T)
  }
  const put = async (kind: Kind, asker: string, id: string, text: string) => {
    await keyv.set(await keyOf(kind, asker, id), text)
  }
  return {
    messages: (asker, id) => find('response', asker, id),
    item: (asker, id) => find('item', asker, id),
    async add(asker, { id, messages, items }) {
      const text = JSON.stringify(messages)
      if (text.length > MAX_LENGTH) return
      await Promise.all([
        put('response', asker, id, text),
        ...items.map((item) => put('item', asker, item['id'] as string, JSON.stringify(item))),
      ])
    },
  }
}

function keyOf(kind: Kind, asker: string, id: string): Promise<string> {
  return sha256(JSON.stringify([kind, asker, id]))
}
