import { isJsonObject, type JsonObject, parseJson, type Recall } from '../../protocol/index.ts'
import { inTime } from '../in-time.ts'
import type { ResponseStore } from './response-store.ts'

/** A caller waits for an answer meanwhile. */
const FIND_MS = 250
/** More items are not looked for. */
const MOST_ITEMS = 256

/** Finds what the body of a request names of what was said before; what is not found in time is not there. */
export async function recallFor(
  body: string,
  asker: string,
  store: ResponseStore,
): Promise<Recall | undefined> {
  // Most bodies name nothing, and are not to be read twice.
  if (!/"previous_response_id"|"item_reference"/.test(body)) return undefined
  const asked = parseJson(body)
  if (!isJsonObject(asked)) return undefined
  const { previous_response_id: previous, input } = asked
  const ids = Array.isArray(input) ? input.flatMap(referredId).slice(0, MOST_ITEMS) : []
  const items = new Map<string, JsonObject>()
  const [messages] = await Promise.all([
    typeof previous === 'string'
      ? inTime(FIND_MS, () => store.messages(asker, previous))
      : undefined,
    ...ids.map(async (id) => {
      const item = await inTime(FIND_MS, () => store.item(asker, id))
      if (isJsonObject(item)) items.set(id, item)
    }),
  ])
  return {
    // Others may write to where it is kept.
    messages: () =>
      Array.isArray(messages) && messages.every(isJsonObject) ? messages : undefined,
    item: (id) => items.get(id),
  }
}

function referredId(item: unknown): string[] {
  if (!isJsonObject(item) || item['type'] !== 'item_reference') return []
  return typeof item['id'] === 'string' ? [item['id']] : []
}
