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
import terminalMissing from './terminal-missing.ts'
import terminalTwice from './terminal-twice.ts'
import statusMatchesTerminal from './status-matches-terminal.ts'
import textMatchesDone from './text-matches-done.ts'
import textWithoutDelta from './text-without-delta.ts'
import completedOutput from './completed-output.ts'
import usageNames from './usage-names.ts'
import usageMissing from './usage-missing.ts'
import failedReason from './failed-reason.ts'
import errorEventShape from './error-event-shape.ts'
import errorThenEnd from './error-then-end.ts'

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
    terminalMissing,
    terminalTwice,
    statusMatchesTerminal,
    textMatchesDone,
    textWithoutDelta,
    completedOutput,
    usageNames,
    usageMissing,
    failedReason,
    errorEventShape,
    errorThenEnd,
  ],
}
