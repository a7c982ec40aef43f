import type { LanguageModelV3, LanguageModelV4 } from '@ai-sdk/provider'

/** A language model of the AI SDK, of the newest specification or the one before. */
export type LanguageModel = LanguageModelV4 | LanguageModelV3
