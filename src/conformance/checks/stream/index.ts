import type { Group } from '../group.ts'
import noChunks from './no-chunks.ts'
import otherApi from './other-api.ts'
import emptyReply from './empty-reply.ts'
import cutOff from './cut-off.ts'
import finishReasonMissing from './finish-reason-missing.ts'
import finishReasonValue from './finish-reason-value.ts'
import finishReasonConflict from './finish-reason-conflict.ts'
import contentAfterFinish from './content-after-finish.ts'
import includeUsage from './include-usage.ts'
import cutOffInResponses from './in-responses/cut-off.ts'
import emptyReplyInResponses from './in-responses/empty-reply.ts'
import finishReasonValueInResponses from './in-responses/finish-reason-value.ts'

export const stream: Group = {
  id: 'stream',
  checks: [
    noChunks,
    otherApi,
    emptyReply,
    emptyReplyInResponses,
    cutOff,
    cutOffInResponses,
    finishReasonMissing,
    finishReasonValue,
    finishReasonValueInResponses,
    finishReasonConflict,
    contentAfterFinish,
    includeUsage,
  ],
}
