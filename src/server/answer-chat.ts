import type { Model } from '../mocks/index.ts'
import { type ChatRequest, chatRequestSchema, compileSchema } from '../protocol/index.ts'
import type { Reply } from '../wire/index.ts'
import { errorReply } from './error-reply.ts'

const violationsOf = compileSchema(chatRequestSchema)

/** Answers the body of a chat completion request; `models` limits which names are known. */
export async function answerChat(
  body: string,
  model: Model,
  models: readonly string[] | undefined,
): Promise<Reply> {
  let request: unknown
  try {
    request = JSON.parse(body)
  } catch (error) {
    const reason = (error as SyntaxError).message
    return errorReply({ status: 400, message: `The request body is not valid JSON: ${reason}` })
  }
  const [violation] = violationsOf(request)
  if (violation) {
    const { path, message } = violation
    return errorReply({
      status: 400,
      message: `${path === '' ? 'The request' : `"${path}"`} ${message}.`,
      ...(path === '' ? {} : { param: path.slice(1).replaceAll('/', '.') }),
    })
  }
  const valid = request as ChatRequest
  if (models && !models.includes(valid.model)) {
    return errorReply({
      status: 404,
      message: `The model "${valid.model}" does not exist. This server knows: ${models.join(', ')}.`,
      param: 'model',
      code: 'model_not_found',
    })
  }
  return model(valid)
}
