import type { LanguageModelV3StreamPart, LanguageModelV4StreamPart } from '@ai-sdk/provider'

/** What a language model says, piece by piece. */
export type StreamPart = LanguageModelV4StreamPart | LanguageModelV3StreamPart
