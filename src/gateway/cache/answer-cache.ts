import Keyv, { KeyvMemoryAdapter } from 'keyv'
import { canonicalJson, type ChatRequest, type JsonObject } from '../../protocol/index.ts'
import { Recent } from '../../wire/index.ts'
import { sha256 } from '../sha-256.ts'
import type { AnswerStore } from './answer-store.ts'

/** A piece of an answer, and when it came, in milliseconds since the answer was asked for. */
export interface CachedPiece {
  readonly atMs: number
  readonly chunk: JsonObject
}

/**
 * Answers that were given before, by the whole request. Only what the model said is kept: neither
 * buffer words, nor answers that call tools or were given to the results of tools.
 */
export interface AnswerCache {
  /** Resolves to nothing where it cannot be reached. */
  readonly get: (request: ChatRequest) => Promise<readonly CachedPiece[] | undefined>
  readonly set: (request: ChatRequest, pieces: readonly CachedPiece[]) => Promise<void>
  /** Whether answers are given at the pace at which they first came, or at once. */
  readonly pace: 'recorded' | 'at-once'
}

export interface AnswerCacheOptions {
  /** How long an answer is kept. */
  readonly ttlMs: number
  /**
   * How many are kept in memory; those that were used least recently are forgotten first.
   *
   * @defaultValue 1000
   */
  readonly most?: number
  /** @defaultValue 'recorded' */
  readonly pace?: AnswerCache['pace']
  /** Where they are kept; in memory, when absent. */
  readonly store?: AnswerStore
}

/** Characters of an answer that is worth keeping; no voice agent speaks as long. */
const MAX_LENGTH = 256 * 1024

/**
 * Keeps answers, by the hash of the whole request but what a platform sends along for the endpoint
 * alone. Where they cannot be reached, nothing is kept, and nothing fails.
 */
export function answerCache(options: AnswerCacheOptions): AnswerCache {
  const { ttlMs, most = 1_000, pace = 'recorded', store } = options
  const keyv = new Keyv<string>({
    store: store ?? new KeyvMemoryAdapter(new RecentMap(most)),
    ttl: ttlMs,
    namespace: 'soundcheck:answer',
  })
  // Whoever keeps them tells of it.
  keyv.on('error', () => {})
  return {
    pace,
    async get(request) {
      const text = await keyv.get(await hashOf(request))
      return text === undefined ? undefined : (JSON.parse(text) as CachedPiece[])
    },
    async set(request, pieces) {
      const text = JSON.stringify(pieces)
      if (text.length <= MAX_LENGTH) await keyv.set(await hashOf(request), text)
    },
  }
}

/** As `keyv` asks for a map. */
class RecentMap extends Recent<string, unknown> {
  has(key: string): boolean {
    return this.get(key) !== undefined
  }

  override delete(key: string): boolean {
    const isThere = this.has(key)
    super.delete(key)
    return isThere
  }
}

function hashOf(request: ChatRequest): Promise<string> {
  const asked = { ...request, elevenlabs_extra_body: undefined, custom_llm_extra_body: undefined }
  return sha256(canonicalJson(asked))
}
