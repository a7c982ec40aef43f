export {
  assemble,
  type AssembledChoice,
  type Assembly,
  type Contradiction,
  type ContradictionKind,
} from './chat/assemble.ts'
export type { ToolCall } from './chat/assemble-call.ts'
export { type ChatChunk, chatChunkSchema, DONE, type FinishReason } from './chat/chat-chunk.ts'
export { type ChatCompletion, chatCompletionSchema } from './chat/chat-completion.ts'
export {
  type ChatMessage,
  type ChatRequest,
  type CustomDefinition,
  type FunctionDefinition,
  chatRequestSchema,
  messageText,
} from './chat/chat-request.ts'
export { type ChoicePiece, choicePieces } from './chat/choice-pieces.ts'
export {
  compileSchema,
  type Formats,
  type OwnViolation,
  schemaFault,
  validatorOf,
  type Violation,
} from './json/compile-schema.ts'
export { type ErrorResponse, errorResponseSchema } from './chat/error-response.ts'
export { isFailureReason } from './chat/is-failure-reason.ts'
export { canonicalJson, fingerprint } from './json/fingerprint.ts'
export { isOpenJson } from './json/is-open-json.ts'
export {
  isJsonObject,
  type Json,
  type JsonObject,
  nestsDeeperThan,
  parseJson,
  parseJsonOrThrow,
} from './json/json.ts'
export { jsonExcess } from './json/json-excess.ts'
export {
  type LinearRegex,
  linearRegex,
  NotLinearError,
  RegexTooLargeError,
} from './regex/linear-regex.ts'
export type { Spend } from './regex/metered-regex.ts'
export { type ModelList, modelListSchema } from './chat/model-list.ts'
export { openaiChunkSchema } from './chat/openai-chunk.ts'
export { OPENAI_MEMBERS } from './chat/openai-members.ts'
export { type Payload, readPayload } from './chat/read-payload.ts'
export { SchemaEffortError } from './json/schema-effort.ts'
export type { Shape } from './json/shape.ts'
export { isSystemTool, type SystemTool } from './chat/system-tools.ts'
export type { Usage } from './chat/usage.ts'
export { toolsByName } from './chat/tools-by-name.ts'
export { withExtraBody } from './json/with-extra-body.ts'
