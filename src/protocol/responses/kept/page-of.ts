import type { JsonObject } from '../../json/json.ts'

const USUAL = 20

/** A page of items, as its query asks for: the last one first, unless told otherwise. */
export function pageOf(items: readonly JsonObject[], query: URLSearchParams): JsonObject {
  const inOrder = query.get('order') === 'asc' ? items : items.toReversed()
  const start = inOrder.findIndex(({ id }) => id === query.get('after')) + 1
  const limit = Number(query.get('limit') ?? USUAL)
  const data = inOrder.slice(start, start + limit)
  return {
    object: 'list',
    data,
    first_id: data[0]?.['id'] ?? null,
    last_id: data.at(-1)?.['id'] ?? null,
    has_more: start + limit < inOrder.length,
  }
}
