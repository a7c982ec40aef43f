import { type HttpRequest, pathOf, type Reply } from '../wire/index.ts'
import { type Dialect, errorReply } from '../protocol/index.ts'
import { maskOf } from '../journal/index.ts'

/** The path is known, the method is not. */
export function methodNotAllowed(method: string, { title }: Dialect): Reply {
  return errorReply({
    status: 405,
    message: `${method} is not allowed here. ${title} are asked for with POST.`,
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
export function notFound(request: HttpRequest, dialects: readonly Dialect[]): Reply {
  const places = dialects.map(({ title, path }) => `${title} are at POST /v1${path}.`)
  return errorReply({
    status: 404,
    message: `There is no ${request.method} ${maskOf(request).text(pathOf(request.url))}. ${places.join(' ')}`,
    code: 'unknown_url',
  })
}
