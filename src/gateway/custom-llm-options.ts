import type { GatewayOptions, VoiceOptions } from './gateway-options.ts'
import type { ModelChoice } from './upstream/model-choice.ts'

/**
 * What a custom LLM asks, who may ask it, and what it does for the voice.
 *
 * @example
 * { model: anthropic('claude-haiku-4-5'), apiKey: process.env.VOICE_KEY, bufferWords: { afterMs: 900 } }
 */
export interface CustomLlmOptions extends VoiceOptions {
  /** What answers, whatever name is asked for: one, or several in the order in which they are fallen back to. */
  readonly model?: ModelChoice | readonly ModelChoice[]
  /** In place of it: what answers, by the name that a request asks for. */
  readonly models?: GatewayOptions['models']
  /**
   * Requests must bear one of these, as a bearer token. Where it is `undefined`, since a variable is not
   * set, nobody may ask.
   *
   * @defaultValue whoever reaches it may ask
   */
  readonly apiKey?: string | readonly string[] | undefined
  /**
   * Largest request body, in bytes.
   *
   * @defaultValue 8 MiB
   */
  readonly bodyLimit?: number
}
