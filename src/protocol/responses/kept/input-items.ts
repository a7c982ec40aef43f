import { base36, fingerprint } from '../../json/fingerprint.ts'
import { isJsonObject, type Json, type JsonObject, parseJson } from '../../json/json.ts'

/** What a response was asked with, as items that have a type and an id. */
export function inputItems(responseId: string, body: string): JsonObject[] {
  const asked = parseJson(body)
  const input = isJsonObject(asked) ? asked['input'] : undefined
  const items: Json | undefined =
    typeof input === 'string' ? [{ role: 'user', content: input }] : input
  if (!Array.isArray(items)) return []
  return items.filter(isJsonObject).map((item, i) => {
    const { type = 'message', id, ...rest } = item
    const isMessage = type === 'message'
    return {
      id: id ?? `${isMessage ? 'msg' : 'item'}_${base36(fingerprint(responseId, 'input', i))}`,
      type,
      ...rest,
      ...(isMessage && { status: 'completed', content: inParts(item) }),
    }
  })
}

function inParts({ role, content = null }: JsonObject): Json {
  return typeof content === 'string'
    ? [{ type: role === 'assistant' ? 'output_text' : 'input_text', text: content }]
    : content
}
