export { customLlm } from './custom-llm.ts'
export type { CustomLlmOptions } from './custom-llm-options.ts'
export type {
  BufferWords,
  ExtraBodyHook,
  FallbackOptions,
  Limits,
  TurnsOptions,
  VoiceOptions,
} from './gateway-options.ts'
export type {
  Attempt,
  Outcome,
  TokenUse,
  TurnObserver,
  TurnOpening,
  TurnRecord,
} from './account/turn-record.ts'
export {
  type AnswerCache,
  answerCache,
  type AnswerCacheOptions,
  type CachedPiece,
} from './cache/answer-cache.ts'
export {
  type RememberedResponse,
  type ResponseStore,
  responseStore,
  type ResponseStoreOptions,
} from './remembering/response-store.ts'
export type { AnswerStore } from './cache/answer-store.ts'
export type { HostedModel, ModelChoice, ServerChoice } from './upstream/model-choice.ts'
export type { LanguageModel } from './upstream/model/language-model.ts'
export { UpstreamError, type UpstreamFault } from './upstream/upstream-error.ts'
export type { Hear, Saying, Upstream } from './upstream/upstream.ts'
