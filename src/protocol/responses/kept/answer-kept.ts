import { clip, type HttpRequest, jsonReply, type Reply } from '../../../wire/index.ts'
import { errorReply } from '../../error-reply.ts'
import type { Keeper } from '../../kept.ts'
import { inputItems } from './input-items.ts'
import { pageOf } from './page-of.ts'
import { replayed } from './replayed.ts'
import { whyWrongQuery } from './why-wrong-query.ts'

const PATH = /\/responses\/([^/]+)(?:\/(input_items|cancel))?\/?$/
/** Characters of an id that are repeated. */
const MAX_ID = 128
const METHODS = { '': ['GET', 'DELETE'], input_items: ['GET'], cancel: ['POST'] }

/**
 * Answers what is asked of a response that is kept: to get it, to delete it, to cancel it, what it was
 * asked with.
 *
 * @see https://platform.openai.com/docs/api-reference/responses/get
 */
export function answerKept({ method, url }: HttpRequest, keeper: Keeper): Reply | undefined {
  const { pathname, searchParams } = new URL(url, 'http://localhost')
  const [path, id = '', part = ''] = PATH.exec(pathname) ?? []
  if (path === undefined) return undefined
  const allowed = METHODS[part as keyof typeof METHODS]
  if (!allowed.includes(method)) {
    return errorReply({
      status: 405,
      message: `${method} is not allowed here; ${allowed.join(' and ')} ${allowed.length > 1 ? 'are' : 'is'}.`,
      headers: [['allow', [...allowed, 'OPTIONS'].join(', ')]],
    })
  }
  const found = keeper.find(id)
  if (!found) {
    return errorReply({ status: 404, message: `Response with id '${clip(id, MAX_ID)}' not found.` })
  }
  const refusal = whyWrongQuery(searchParams)
  if (refusal) return errorReply(refusal)
  const { kept, body } = found
  if (part === 'input_items') return jsonReply(200, pageOf(inputItems(kept.id, body), searchParams))
  if (method === 'DELETE') {
    keeper.delete(id)
    return jsonReply(200, { id, object: 'response', deleted: true })
  }
  const whole = kept.whole()
  if (part === 'cancel' && whole['background'] !== true) {
    return errorReply({ status: 400, message: 'Cannot cancel a synchronous response.' })
  }
  return searchParams.get('stream') === 'true'
    ? replayed(kept.stream(), searchParams.get('starting_after'))
    : jsonReply(200, whole)
}
