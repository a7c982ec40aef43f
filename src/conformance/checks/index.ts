import type { Check } from '../check/define-check.ts'
import behaviourConstantReply from './behaviour/constant-reply.ts'
import behaviourConversationMemory from './behaviour/conversation-memory.ts'
import behaviourMaxTokens from './behaviour/max-tokens.ts'
import behaviourNChoices from './behaviour/n-choices.ts'
import behaviourParallelTools from './behaviour/parallel-tools.ts'
import behaviourStopSequence from './behaviour/stop-sequence.ts'
import behaviourStreamParity from './behaviour/stream-parity.ts'
import behaviourToolChoiceNone from './behaviour/tool-choice-none.ts'
import behaviourToolChoiceRequired from './behaviour/tool-choice-required.ts'
import behaviourToolResultUsed from './behaviour/tool-result-used.ts'
import behaviourToolTriggered from './behaviour/tool-triggered.ts'
import behaviourToolsNeverCalled from './behaviour/tools-never-called.ts'
import chunkChoiceIndex from './chunk/choice-index.ts'
import chunkChoiceIndexStable from './chunk/choice-index-stable.ts'
import chunkChoicesPresent from './chunk/choices-present.ts'
import chunkContentType from './chunk/content-type.ts'
import chunkCreatedInteger from './chunk/created-integer.ts'
import chunkCumulativeContent from './chunk/cumulative-content.ts'
import chunkDeltaPresent from './chunk/delta-present.ts'
import chunkEnvelopeFields from './chunk/envelope-fields.ts'
import chunkFinalRepeat from './chunk/final-repeat.ts'
import chunkIdStable from './chunk/id-stable.ts'
import chunkIdUnique from './chunk/id-unique.ts'
import chunkOpenaiSchema from './chunk/openai-schema.ts'
import chunkRoleSent from './chunk/role-sent.ts'
import chunkRoleValue from './chunk/role-value.ts'
import chunkUsageShape from './chunk/usage-shape.ts'
import errorsErrorAsSpeech from './errors/error-as-speech.ts'
import errorsErrorIn200 from './errors/error-in-200.ts'
import errorsErrorShape from './errors/error-shape.ts'
import errorsInvalidJson from './errors/invalid-json.ts'
import errorsMethod from './errors/method.ts'
import errorsMissingMessages from './errors/missing-messages.ts'
import errorsNoLeak from './errors/no-leak.ts'
import errorsOversize from './errors/oversize.ts'
import errorsRateLimit from './errors/rate-limit.ts'
import errorsUnauthorized from './errors/unauthorized.ts'
import errorsUnknownModel from './errors/unknown-model.ts'
import isolationCrossedReplies from './isolation/crossed-replies.ts'
import isolationDisconnectRecovers from './isolation/disconnect-recovers.ts'
import isolationDuplicateRequest from './isolation/duplicate-request.ts'
import isolationOneAtATime from './isolation/one-at-a-time.ts'
import isolationRevisedTurn from './isolation/revised-turn.ts'
import isolationSessionBleed from './isolation/session-bleed.ts'
import modelsConfiguredListed from './models/configured-listed.ts'
import modelsList from './models/list.ts'
import latencyBuffered from './latency/buffered.ts'
import latencyColdStart from './latency/cold-start.ts'
import latencyFirstContent from './latency/first-content.ts'
import latencyFirstSentence from './latency/first-sentence.ts'
import latencyKeepaliveOnly from './latency/keepalive-only.ts'
import latencyMaxGap from './latency/max-gap.ts'
import latencySpeechUnderrun from './latency/speech-underrun.ts'
import latencyToolCallReady from './latency/tool-call-ready.ts'
import latencyToolsBuffered from './latency/tools-buffered.ts'
import latencyTotal from './latency/total.ts'
import replayExpected from './replay/expected.ts'
import requestAssistantFirst from './request/assistant-first.ts'
import requestAssistantLast from './request/assistant-last.ts'
import requestConsecutiveUsers from './request/consecutive-users.ts'
import requestContentNull from './request/content-null.ts'
import requestContentParts from './request/content-parts.ts'
import requestDeveloperRole from './request/developer-role.ts'
import requestElevenlabsFields from './request/elevenlabs-fields.ts'
import requestGreetingTurn from './request/greeting-turn.ts'
import requestLargeBody from './request/large-body.ts'
import requestMaxTokensUnlimited from './request/max-tokens-unlimited.ts'
import requestPlainFields from './request/plain-fields.ts'
import requestPlatformFields from './request/platform-fields.ts'
import requestStreamOptions from './request/stream-options.ts'
import requestSystemTools from './request/system-tools.ts'
import requestToolRole from './request/tool-role.ts'
import requestUnicode from './request/unicode.ts'
import sseBareJsonLines from './sse/bare-json-lines.ts'
import sseBom from './sse/bom.ts'
import sseCommentAsData from './sse/comment-as-data.ts'
import sseDataIsJson from './sse/data-is-json.ts'
import sseDone from './sse/done.ts'
import sseDoneOnce from './sse/done-once.ts'
import sseEmptyData from './sse/empty-data.ts'
import sseEventAfterDone from './sse/event-after-done.ts'
import sseEventName from './sse/event-name.ts'
import sseEventTerminated from './sse/event-terminated.ts'
import sseIdRetryFields from './sse/id-retry-fields.ts'
import sseMultiLineData from './sse/multi-line-data.ts'
import sseUnknownField from './sse/unknown-field.ts'
import sseUtf8 from './sse/utf8.ts'
import streamContentAfterFinish from './stream/content-after-finish.ts'
import streamCutOff from './stream/cut-off.ts'
import streamEmptyReply from './stream/empty-reply.ts'
import streamFinishReasonConflict from './stream/finish-reason-conflict.ts'
import streamFinishReasonMissing from './stream/finish-reason-missing.ts'
import streamFinishReasonValue from './stream/finish-reason-value.ts'
import streamIncludeUsage from './stream/include-usage.ts'
import streamNoChunks from './stream/no-chunks.ts'
import streamOtherApi from './stream/other-api.ts'
import toolsArgumentsEmpty from './tools/arguments-empty.ts'
import toolsArgumentsJson from './tools/arguments-json.ts'
import toolsArgumentsObject from './tools/arguments-object.ts'
import toolsArgumentsSchema from './tools/arguments-schema.ts'
import toolsArgumentsString from './tools/arguments-string.ts'
import toolsCallRepeated from './tools/call-repeated.ts'
import toolsFinishReason from './tools/finish-reason.ts'
import toolsIdChanges from './tools/id-changes.ts'
import toolsIdDuplicate from './tools/id-duplicate.ts'
import toolsIdMissing from './tools/id-missing.ts'
import toolsIdRepeated from './tools/id-repeated.ts'
import toolsIdReusedAcrossTurns from './tools/id-reused-across-turns.ts'
import toolsIndexGap from './tools/index-gap.ts'
import toolsIndexMissing from './tools/index-missing.ts'
import toolsIndexShared from './tools/index-shared.ts'
import toolsLegacyFunctionCall from './tools/legacy-function-call.ts'
import toolsNameKnown from './tools/name-known.ts'
import toolsNameMissing from './tools/name-missing.ts'
import toolsNameRepeated from './tools/name-repeated.ts'
import toolsType from './tools/type.ts'
import transportBodyComplete from './transport/body-complete.ts'
import transportClosesAfterDone from './transport/closes-after-done.ts'
import transportContentEncoding from './transport/content-encoding.ts'
import transportContentType from './transport/content-type.ts'
import transportHtmlAnswer from './transport/html-answer.ts'
import transportNoRedirect from './transport/no-redirect.ts'
import transportOptionsPreflight from './transport/options-preflight.ts'
import transportStatusOk from './transport/status-ok.ts'
import transportStreamFlagIgnored from './transport/stream-flag-ignored.ts'
import transportStreamUnasked from './transport/stream-unasked.ts'
import voiceBufferWords from './voice/buffer-words.ts'
import voiceCodeOrTable from './voice/code-or-table.ts'
import voiceDigits from './voice/digits.ts'
import voiceEmoji from './voice/emoji.ts'
import voiceLeadingWhitespace from './voice/leading-whitespace.ts'
import voiceLeftovers from './voice/leftovers.ts'
import voiceMarkdown from './voice/markdown.ts'
import voiceReasoningLeak from './voice/reasoning-leak.ts'
import voiceReasoningOnly from './voice/reasoning-only.ts'
import voiceRefusalSilent from './voice/refusal-silent.ts'
import voiceSpacesLost from './voice/spaces-lost.ts'
import voiceSpecialTokens from './voice/special-tokens.ts'
import voiceToolCallAsText from './voice/tool-call-as-text.ts'
import voiceUrl from './voice/url.ts'

/** All checks, in the order in which they are told. */
export const checks: readonly Check[] = [
  transportStatusOk,
  transportContentType,
  transportStreamFlagIgnored,
  transportStreamUnasked,
  transportNoRedirect,
  transportHtmlAnswer,
  transportContentEncoding,
  transportBodyComplete,
  transportClosesAfterDone,
  transportOptionsPreflight,
  requestElevenlabsFields,
  requestPlainFields,
  requestPlatformFields,
  requestStreamOptions,
  requestMaxTokensUnlimited,
  requestSystemTools,
  requestAssistantFirst,
  requestConsecutiveUsers,
  requestGreetingTurn,
  requestAssistantLast,
  requestContentNull,
  requestContentParts,
  requestToolRole,
  requestDeveloperRole,
  requestLargeBody,
  requestUnicode,
  sseDone,
  sseDoneOnce,
  sseEventAfterDone,
  sseDataIsJson,
  sseEventTerminated,
  sseBareJsonLines,
  sseUnknownField,
  sseEmptyData,
  sseCommentAsData,
  sseEventName,
  sseIdRetryFields,
  sseBom,
  sseUtf8,
  sseMultiLineData,
  chunkEnvelopeFields,
  chunkCreatedInteger,
  chunkIdStable,
  chunkIdUnique,
  chunkChoicesPresent,
  chunkChoiceIndex,
  chunkChoiceIndexStable,
  chunkDeltaPresent,
  chunkRoleValue,
  chunkRoleSent,
  chunkContentType,
  chunkUsageShape,
  chunkCumulativeContent,
  chunkFinalRepeat,
  chunkOpenaiSchema,
  streamNoChunks,
  streamOtherApi,
  streamEmptyReply,
  streamCutOff,
  streamFinishReasonMissing,
  streamFinishReasonValue,
  streamFinishReasonConflict,
  streamContentAfterFinish,
  streamIncludeUsage,
  toolsIndexMissing,
  toolsIndexShared,
  toolsIndexGap,
  toolsIdMissing,
  toolsIdChanges,
  toolsIdRepeated,
  toolsIdDuplicate,
  toolsIdReusedAcrossTurns,
  toolsNameMissing,
  toolsNameRepeated,
  toolsNameKnown,
  toolsType,
  toolsArgumentsString,
  toolsArgumentsJson,
  toolsArgumentsObject,
  toolsArgumentsEmpty,
  toolsArgumentsSchema,
  toolsFinishReason,
  toolsLegacyFunctionCall,
  toolsCallRepeated,
  isolationCrossedReplies,
  isolationDuplicateRequest,
  isolationOneAtATime,
  isolationRevisedTurn,
  isolationDisconnectRecovers,
  isolationSessionBleed,
  replayExpected,
  voiceReasoningLeak,
  voiceReasoningOnly,
  voiceToolCallAsText,
  voiceSpecialTokens,
  voiceLeftovers,
  voiceMarkdown,
  voiceCodeOrTable,
  voiceUrl,
  voiceEmoji,
  voiceDigits,
  voiceSpacesLost,
  voiceLeadingWhitespace,
  voiceBufferWords,
  voiceRefusalSilent,
  errorsErrorIn200,
  errorsErrorAsSpeech,
  errorsInvalidJson,
  errorsMissingMessages,
  errorsUnknownModel,
  errorsMethod,
  errorsUnauthorized,
  errorsOversize,
  errorsErrorShape,
  errorsNoLeak,
  errorsRateLimit,
  behaviourConstantReply,
  behaviourToolsNeverCalled,
  behaviourToolResultUsed,
  behaviourToolTriggered,
  behaviourToolChoiceNone,
  behaviourToolChoiceRequired,
  behaviourParallelTools,
  behaviourMaxTokens,
  behaviourStopSequence,
  behaviourConversationMemory,
  behaviourStreamParity,
  behaviourNChoices,
  modelsList,
  modelsConfiguredListed,
  latencyFirstContent,
  latencyKeepaliveOnly,
  latencyFirstSentence,
  latencyMaxGap,
  latencySpeechUnderrun,
  latencyTotal,
  latencyBuffered,
  latencyToolsBuffered,
  latencyToolCallReady,
  latencyColdStart,
]
