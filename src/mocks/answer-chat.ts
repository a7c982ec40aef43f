import type { CallContext, Model } from './model.ts'
import type { Reply } from '../wire/index.ts'
import { errorReply } from './error-reply.ts'
import { pause } from './pause.ts'
import { readChatRequest } from './read-chat-request.ts'

/** Answers the body of a chat completion request; `models` limits which names are known. */
export async function answerChat(
  body: string,
  model: Model,
  models: readonly string[] | undefined,
  context: CallContext,
): Promise<Reply> {
  const read = readChatRequest(body)
  if ('error' in read) return errorReply(read.error)
  const { request } = read
  if (models && !models.includes(request.model)) {
    return errorReply({
      status: 404,
      message: `The model "${request.model}" does not exist. This server knows: ${models.join(', ')}.`,
      param: 'model',
      code: 'model_not_found',
    })
  }
  await pause()
  return model(request, context)
}
