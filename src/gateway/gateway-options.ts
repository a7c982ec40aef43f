import type { JsonObject, ChatRequest } from '../protocol/index.ts'
import type { TurnObserver } from './account/turn-record.ts'
import type { AnswerCache } from './cache/answer-cache.ts'
import type { ResponseStore } from './remembering/response-store.ts'
import type { ModelChoice } from './upstream/model-choice.ts'

/**
 * What a gateway asks, and what it does for the voice.
 *
 * @example
 * { models: { voice: [{ url: 'http://127.0.0.1:8000/v1' }] }, bufferWords: { afterMs: 900 } }
 */
export interface GatewayOptions extends VoiceOptions {
  /**
   * What answers, by the name that a request asks for: one upstream, or several, in the order in which
   * they are fallen back to. A single model answers to every name.
   */
  readonly models: Readonly<Record<string, ModelChoice | readonly ModelChoice[]>>
}

/** What is done for the voice. */
export interface VoiceOptions {
  /**
   * What the caller hears where an answer is slow.
   *
   * @defaultValue nothing
   */
  readonly bufferWords?: BufferWords
  /** How long is waited, and for what. */
  readonly limits?: Partial<Limits>
  /**
   * Said in place of an answer that does not come in time, so that the call goes on.
   *
   * @defaultValue none: an error is sent
   */
  readonly apology?: string
  /**
   * Whether the reasoning of a model is sent on, as `reasoning_content`, or nowhere. It is never spoken.
   *
   * @defaultValue 'drop'
   */
  readonly reasoning?: 'drop' | 'send'
  /** How a failing upstream is asked again, and passed over. */
  readonly fallback?: Partial<FallbackOptions>
  /** What becomes of requests of one conversation that are under way at the same time. */
  readonly turns?: Partial<TurnsOptions>
  /** Answers that were given before; none are kept, when absent. */
  readonly cache?: AnswerCache
  /** Responses that `previous_response_id` can go on from; none are kept, when absent. */
  readonly storeResponses?: ResponseStore
  /** Told of what a platform sends along for the endpoint alone; may give another request to send on. */
  readonly onExtraBody?: ExtraBodyHook
  /**
   * Counts the tokens of a text, where an upstream does not tell what it took.
   *
   * @defaultValue nothing is counted; on a server of the gateway's own, as OpenAI's models do
   */
  readonly countTokens?: (text: string) => Promise<number>
  /** Called with what a function of yours threw; the caller gets a status 500 that does not tell. */
  readonly onError?: (error: unknown) => void
  /** Watch each turn. */
  readonly observers?: readonly TurnObserver[]
}

export type ExtraBodyHook = (
  extraBody: JsonObject,
  request: ChatRequest,
) => ChatRequest | undefined | void | Promise<ChatRequest | undefined | void>

export interface BufferWords {
  /** After how many milliseconds without a word. */
  readonly afterMs: number
  /**
   * Each ends in `"... "`; one is chosen, by the request and the seed.
   *
   * @defaultValue some in the language of the caller
   */
  readonly words?: readonly string[]
  /** The same, by language: `{ de: ['Einen Moment... '] }`. The caller's last words tell which. */
  readonly byLanguage?: Readonly<Record<string, readonly string[]>>
  /**
   * Whether they are said, too, where a tool has just answered: the caller has then been told to wait.
   *
   * @defaultValue false
   */
  readonly afterTools?: boolean
  /** @defaultValue 0 */
  readonly seed?: number
}

/** All in milliseconds. */
export interface Limits {
  /** @defaultValue 2000 */
  readonly connectMs: number
  /**
   * From the request to the first content of one upstream. ElevenLabs waits for 4 seconds.
   *
   * @defaultValue 3000
   */
  readonly firstContentMs: number
  /**
   * Without anything said, once something was.
   *
   * @defaultValue 8000
   */
  readonly silenceMs: number
  /** @defaultValue 60000 */
  readonly totalMs: number
}

export interface FallbackOptions {
  /**
   * How often one upstream is asked again that failed before its first content, and may do better.
   *
   * @defaultValue 1
   */
  readonly retries: number
  /**
   * After how many failures in a row an upstream is passed over, where there is another one.
   *
   * @defaultValue 3
   */
  readonly failures: number
  /**
   * For how long, in milliseconds.
   *
   * @defaultValue 10000
   */
  readonly coolOffMs: number
}

export interface TurnsOptions {
  /**
   * Whether a newer request of a conversation ends its older one.
   *
   * @defaultValue true; false in Workers, where requests cannot know of each other
   */
  readonly cancelOlder: boolean
  /**
   * Whether the same request, under way twice, is sent upstream once.
   *
   * @defaultValue true; false in Workers
   */
  readonly joinSame: boolean
  /**
   * Whether requests that name no conversation belong to one where the history of one begins with
   * that of the other.
   *
   * @defaultValue false: two callers may say the same
   */
  readonly byHistory: boolean
  /**
   * The header that names a conversation.
   *
   * @defaultValue 'x-conversation-id'
   */
  readonly header: string
}
