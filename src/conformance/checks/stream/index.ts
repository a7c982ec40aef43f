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

export const stream: Group = {
  id: 'stream',
  checks: [
    noChunks,
    otherApi,
    emptyReply,
    cutOff,
    finishReasonMissing,
    finishReasonValue,
    finishReasonConflict,
    contentAfterFinish,
    includeUsage,
  ],
}
