export {
  PLAIN_STORY,
  answerChatWith,
  answerErrorsWith,
  answerWhere,
  editModelList,
  jsonCompletion,
  noAnswer,
  onlyFor,
} from './answer-otherwise.ts'
export type { Draft } from './draft.ts'
export {
  editArguments,
  editChoices,
  editChunks,
  editDeltas,
  editFinishReason,
  editFragments,
  editStream,
  editText,
  sayFirst,
} from './edit-chunks.ts'
export {
  editBody,
  editData,
  editFrames,
  insertAfterDone,
  insertMidway,
  setHeader,
  setTimes,
  streamsEvents,
} from './edit-frames.ts'
export {
  ignoreToolChoice,
  refuseWhen,
  rewriteRequest,
  strictAlternation,
} from './misread-request.ts'
export { afterHangUp, duplicatesGet, pause } from './remembering.ts'
