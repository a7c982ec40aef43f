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
export { editChoices, editChunks, editDeltas, editFragments, editStream } from './edit-chunks.ts'
export { dropEach, editEach, editEvents, editItems, renumbered } from './edit-events.ts'
export {
  editBody,
  editData,
  editFrames,
  insertMidway,
  setHeader,
  setTimes,
  streamsEvents,
} from './edit-frames.ts'
export {
  editArguments,
  editFinishReason,
  editorsIn,
  editText,
  insertAfterDone,
  sayFirst,
} from './edit-said.ts'
export { inDialects } from './in-dialects.ts'
export { keepItems, refuseAsked, rewriteAsked } from './misread-items.ts'
export {
  ignoreToolChoice,
  refuseWhen,
  rewriteRequest,
  strictAlternation,
} from './misread-request.ts'
export { sayOtherwise } from './say-otherwise.ts'
export { afterHangUp, duplicatesGet, pause } from './remembering.ts'
