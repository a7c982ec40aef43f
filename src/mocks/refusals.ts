import { type HttpRequest, pathOf, type Reply } from '../wire/index.ts'
import { errorReply } from '../protocol/index.ts'
import { maskOf } from '../journal/index.ts'

/** The path is known, the method is not. */
export function methodNotAllowed(method: string): Reply {
  return errorReply({
    status: 405,
    message: `${method} is not allowed here. Chat completions are asked for with POST.`,
    headers: [['allow', 'POST, OPTIONS']],
  })
}

/** The model is not among those that are known. */
export function unknownModel(name: string, known: readonly string[]): Reply {
  return errorReply({
    status: 404,
    message: `The model "${name}" does not exist. This server knows: ${known.join(', ')}.`,
    param: 'model',
    code: 'model_not_found',
  })
}

/** The path is unknown; it is repeated without what may be secret, whoever asks. */
export function notFound(request: HttpRequest): Reply {
  return errorReply({
    status: 404,
    message: `There is no ${request.method} ${maskOf(request).text(pathOf(request.url))}. Chat completions are at POST /v1/chat/completions.`,
    code: 'unknown_url',
  })
}
