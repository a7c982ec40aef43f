import { errorReply } from '../protocol/index.ts'
import type { Reply } from '../wire/index.ts'

/** A key may not ask for a model. */
export function notAllowed(name: string): Reply {
  return errorReply({
    status: 403,
    message: `The API key may not ask for the model "${name}".`,
    param: 'model',
    code: 'model_not_allowed',
  })
}
