import type { ApiType } from '../../protocol/index.ts'
import type { LanguageModel } from './model/language-model.ts'
import type { Upstream } from './upstream.ts'

/** A server that speaks chat completions, or the Responses API. */
export interface ServerChoice {
  /** The base URL, to which `/chat/completions` or `/responses` is appended. */
  readonly url: string
  /**
   * Which of the two it speaks, in the words of ElevenLabs.
   *
   * @defaultValue what the URL ends in; else `chat_completions`
   */
  readonly apiType?: ApiType
  /** The model that it is asked for; the one that the caller asks for, when absent. */
  readonly model?: string
  /** Sent as a bearer token. */
  readonly apiKey?: string
  readonly headers?: Readonly<Record<string, string>>
  /** As logs and metrics name it; the host, when absent. */
  readonly name?: string
}

/** A language model of the AI SDK, and where it is served. */
export interface HostedModel {
  readonly languageModel: LanguageModel
  /** That anything answers there is enough for the model to be ready. */
  readonly baseUrl: string
}

/** What a gateway may ask: a server, a language model of the AI SDK, or anything that answers as one. */
export type ModelChoice = ServerChoice | LanguageModel | HostedModel | Upstream
