import type { Reply } from '../wire/index.ts'
import { errorReply } from './error-reply.ts'

/** The model is not among those that are known. */
export function unknownModel(name: string, known: readonly string[]): Reply {
  return errorReply({
    status: 404,
    message: `The model "${name}" does not exist. This server knows: ${known.join(', ')}.`,
    param: 'model',
    code: 'model_not_found',
  })
}
