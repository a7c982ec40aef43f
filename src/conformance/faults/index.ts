export { afterHangUp } from './after-hang-up.ts'
export { answerErrorsWith } from './answer-errors-with.ts'
export { answerChatWith, answerWhere } from './answer-with.ts'
export type { Draft } from './draft.ts'
export { duplicatesGet } from './duplicates-get.ts'
export { editArguments } from './edit-arguments.ts'
export { editBody } from './edit-body.ts'
export {
  editChoices,
  editChunks,
  editDeltas,
  editFinishReason,
  editFragments,
  editStream,
  editText,
} from './edit-chunks.ts'
export { editData } from './edit-data.ts'
export { editFrames, streamsEvents } from './edit-frames.ts'
export { editModelList } from './edit-model-list.ts'
export { ignoreToolChoice } from './ignore-tool-choice.ts'
export { insertAfterDone, insertMidway } from './insert.ts'
export { jsonCompletion } from './json-completion.ts'
export { noAnswer } from './no-answer.ts'
export { onlyFor, PLAIN_STORY } from './only-for.ts'
export { pause } from './pause.ts'
export { refuseWhen } from './refuse-when.ts'
export { rewriteRequest } from './rewrite-request.ts'
export { sayFirst } from './say-first.ts'
export { setHeader } from './set-header.ts'
export { setTimes } from './set-times.ts'
export { strictAlternation } from './strict-alternation.ts'
