export { answerModels, isModelsPath } from './answer-models.ts'
export type {
  Answer,
  FinishReason,
  Phase,
  PlannedCall,
  ScoredText,
  TokenLogprob,
} from './answer.ts'
export {
  type ChatMessage,
  type ChatRequest,
  chatRequestSchema,
  messageText,
} from './chat-request.ts'
export { conversationOf } from './conversation-of.ts'
export { API_TYPES, type ApiType, apiTypeAt, dialectOfType } from './api-type.ts'
export type { Dialect, Failure, ReplyForm, Schedule } from './dialect.ts'
export { asksForAnswer } from './asks-for-answer.ts'
export { dialectAt, dialectBelow } from './dialect-at.ts'
export { dialectFor } from './dialect-for.ts'
export { tellingUrl } from './telling-url.ts'
export { dialectOfRequest } from './dialect-of-request.ts'
export { dialects } from './dialects.ts'
export { type ApiError, errorReply } from './error-reply.ts'
export { type ErrorResponse, errorResponseSchema } from './error-response.ts'
export { ExchangeReading } from './exchange-reading.ts'
export type { Keeper, Kept, Recall } from './kept.ts'
export { methodNotAllowed } from './method-not-allowed.ts'
export { refuseCoding } from './refuse-coding.ts'
export { choiceOf, type Offer, offersOf } from './offers.ts'
export type { Call, Choice, Copy, Piece, Reading, Spot, TextPiece } from './reading.ts'
export { type ChatCompletion, chatCompletionSchema } from './chat/chat-completion.ts'
export { spokenIn, spokenInBody } from './spoken-in.ts'
export { STAND_INS, type StandIn } from './stand-in.ts'
export { isIndex } from './json/is-index.ts'
export { toolsByName } from './tools-by-name.ts'
export { isInstruction, isResult, type ToolResult, Turn } from './turn.ts'
export { unknownModel } from './unknown-model.ts'
export type { Usage } from './usage.ts'
export type { ChatChoice, Contradiction, ContradictionKind } from './chat/chat-choice.ts'
export { chatChunkSchema, DONE } from './chat/chat-chunk.ts'
export { chat } from './chat/chat.ts'
export type { ChoicePiece } from './chat/choice-pieces.ts'
export { isFailureReason } from './chat/is-failure-reason.ts'
export { type ModelList, modelListSchema } from './chat/model-list.ts'
export { openaiChunkSchema } from './chat/openai-chunk.ts'
export { OPENAI_MEMBERS } from './chat/openai-members.ts'
export { type ChatReading, readChat } from './chat/read-chat.ts'
export { type Payload, readPayload } from './chat/read-payload.ts'
export { isSystemTool, type SystemTool } from './chat/system-tools.ts'
export type { ToolCall } from './chat/tool-call.ts'
export { readResponses } from './responses/read/read-responses.ts'
export type { EventPayload } from './responses/read/read-event.ts'
export type { OutputItem, OutputPart } from './responses/read/output-item.ts'
export type { ResponseEvent, ResponsesReading } from './responses/read/responses-reading.ts'
export { messagesOf } from './responses/request/in-chat-words.ts'
export { responsesRequestSchema } from './responses/request/responses-request.ts'
export { RESPONSES_MEMBERS } from './responses/openai-members.ts'
export { responses, responsesIn } from './responses/responses.ts'
export { isTerminalType, STATUS_BY_TERMINAL } from './responses/terminal-types.ts'
export { responseObject, whyIncomplete } from './responses/write/response-object.ts'
export { Joining } from './responses/read/joining.ts'
export { readResponse } from './responses/read/read-response.ts'
export { ERROR_STYLES, EVENT_STYLES, type ResponseStyle } from './responses/write/response-style.ts'
export { cutText } from './chat/write/cut-text.ts'
export { validate as isChatRequest } from './chat/validation/precompiled-request.ts'
export { compileOwn } from './json/compile-own.ts'
export { compileSchema, type Formats } from './json/compile-schema.ts'
export { base36, canonicalJson, fingerprint } from './json/fingerprint.ts'
export { isOpenJson } from './json/is-open-json.ts'
export { jsonExcess } from './json/json-excess.ts'
export {
  isJsonObject,
  type Json,
  type JsonObject,
  nestsDeeperThan,
  parseJson,
  parseJsonOrThrow,
} from './json/json.ts'
export { pointerPath } from './json/pointer-path.ts'
export { SchemaEffortError } from './json/schema-effort.ts'
export type { Shape } from './json/shape.ts'
export { validatorOf } from './json/validator-of.ts'
export { type OwnViolation, ownViolationsBy, type Violation } from './json/violation.ts'
export { withExtraBody } from './json/with-extra-body.ts'
export {
  type LinearRegex,
  linearRegex,
  NotLinearError,
  RegexTooLargeError,
} from './regex/linear-regex.ts'
export type { Spend } from './regex/metered-regex.ts'
