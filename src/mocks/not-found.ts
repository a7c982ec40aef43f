import { type HttpRequest, pathOf, type Reply } from '../wire/index.ts'
import { type Dialect, errorReply } from '../protocol/index.ts'
import { maskOf } from '../journal/index.ts'

/** The path is unknown; it is repeated without what may be secret, whoever asks. */
export function notFound(request: HttpRequest, dialects: readonly Dialect[]): Reply {
  const places = dialects.map(({ title, path }) => `${title} are at POST /v1${path}.`)
  return errorReply({
    status: 404,
    message: `There is no ${request.method} ${maskOf(request).text(pathOf(request.url))}. ${places.join(' ')}`,
    code: 'unknown_url',
  })
}
