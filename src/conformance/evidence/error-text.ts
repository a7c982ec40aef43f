import { isJsonObject, type Json } from '../../protocol/index.ts'

/** Further ones say nothing new. */
const MOST_LISTED = 5

/** The text of the error in a body, in any of the usual forms; `undefined` where there is none. */
export function errorTextOf(body: Json | undefined): string | undefined {
  if (!isJsonObject(body)) return undefined
  const error = body['error'] ?? body['detail'] ?? body['message']
  if (!Array.isArray(error)) return messageOf(error)
  const listed = error.slice(0, MOST_LISTED).flatMap((each) => messageOf(each) ?? [])
  if (listed.length === 0) return undefined
  const more = error.length - MOST_LISTED
  return [...listed, ...(more > 0 ? [`and ${more} more`] : [])].join('; ')
}

/** FastAPI says where: `{"loc": ["body", "messages"], "msg": "Field required"}`. */
function messageOf(error: Json | undefined): string | undefined {
  if (!isJsonObject(error)) return typeof error === 'string' ? error : undefined
  const message = error['message'] ?? error['msg']
  if (typeof message !== 'string') return undefined
  const { loc } = error
  return Array.isArray(loc) && loc.length > 0
    ? `${loc.map(showPart).join('.')}: ${message}`
    : message
}

function showPart(part: Json): string {
  return typeof part === 'string' || typeof part === 'number' ? `${part}` : '?'
}
