export type { ChatRequest } from '../protocol/index.ts'
export { eventStreamReply, jsonReply, type Reply } from '../wire/index.ts'
export { defaultModel, type DefaultModelOptions, type Model } from './default-model.ts'
