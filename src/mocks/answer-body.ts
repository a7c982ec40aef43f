import type { CallContext, Model } from './model.ts'
import { type AnyReply, pause } from '../wire/index.ts'
import { errorReply, type StandIn, unknownModel } from '../protocol/index.ts'

export interface AnswerOptions {
  readonly model: Model<AnyReply>
  /** Names of models that are known; any name is, when absent. */
  readonly modelNames: readonly string[] | undefined
  /** Whose refusals are repeated, beside those of any endpoint. */
  readonly as: StandIn | undefined
}

/** Answers the body of a request in the dialect of its path. */
export async function answerBody(
  body: string,
  { model, modelNames: models, as }: AnswerOptions,
  context: CallContext,
): Promise<AnyReply> {
  const read = context.dialect.readRequest(body, as, context.recall)
  if ('error' in read) return errorReply(read.error)
  const { request } = read
  if (models && !models.includes(request.model)) return unknownModel(request.model, models)
  await pause()
  return model(request, context)
}
