export {
  assemble,
  type AssembledChoice,
  type Assembly,
  type Contradiction,
  type ContradictionKind,
} from './assemble.ts'
export type { ToolCall } from './assemble-call.ts'
export { type ChatChunk, chatChunkSchema, DONE, type FinishReason } from './chat-chunk.ts'
export { type ChatCompletion, chatCompletionSchema } from './chat-completion.ts'
export {
  type ChatMessage,
  type ChatRequest,
  type CustomDefinition,
  type FunctionDefinition,
  chatRequestSchema,
  messageText,
} from './chat-request.ts'
export { type ChoicePiece, choicePieces } from './choice-pieces.ts'
export {
  compileSchema,
  type Formats,
  type OwnViolation,
  schemaFault,
  validatorOf,
  type Violation,
} from './compile-schema.ts'
export { type ErrorResponse, errorResponseSchema } from './error-response.ts'
export { isFailureReason } from './is-failure-reason.ts'
export { isOpenJson } from './is-open-json.ts'
export {
  isJsonObject,
  type Json,
  type JsonObject,
  nestsDeeperThan,
  parseJson,
  parseJsonOrThrow,
} from './json.ts'
export { jsonExcess } from './json-excess.ts'
export {
  type LinearRegex,
  linearRegex,
  NotLinearError,
  RegexTooLargeError,
} from './linear-regex.ts'
export type { Spend } from './metered-regex.ts'
export { type ModelList, modelListSchema } from './model-list.ts'
export { openaiChunkSchema } from './openai-chunk.ts'
export { OPENAI_MEMBERS } from './openai-members.ts'
export { type Payload, readPayload } from './read-payload.ts'
export { SchemaEffortError } from './schema-effort.ts'
export type { Shape } from './shape.ts'
export { isSystemTool, type SystemTool } from './system-tools.ts'
export type { Usage } from './usage.ts'
export { toolsByName } from './tools-by-name.ts'
export { withExtraBody } from './with-extra-body.ts'
