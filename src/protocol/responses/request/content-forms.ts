import { isJsonObject, type Json, type JsonObject } from '../../json/json.ts'

/** Reads content, be it a string or parts, into the words of chat completions. */
export function contentInChatWords(content: Json | undefined): Json {
  if (!Array.isArray(content)) return content ?? null
  return content.map((part) => (isJsonObject(part) ? partInChatWords(part) : part))
}

function partInChatWords(part: JsonObject): JsonObject {
  switch (part['type']) {
    case 'input_text':
    case 'output_text':
    case 'text':
      return { type: 'text', text: part['text'] ?? '' }
    case 'refusal':
      return { type: 'refusal', refusal: part['refusal'] ?? '' }
    case 'input_image':
      return { type: 'image_url', image_url: { url: part['image_url'] ?? '' } }
    default:
      return part
  }
}

/** Writes content of chat completions as whoever has spoken has it here. */
export function contentOf(role: Json | undefined, content: Json): Json {
  if (!Array.isArray(content)) return content
  const said = role === 'assistant' ? 'output_text' : 'input_text'
  return content.map((part) => {
    if (!isJsonObject(part)) return part
    const { type, image_url: image } = part
    if (type === 'text') return { ...part, type: said }
    return type === 'image_url' && isJsonObject(image)
      ? { type: 'input_image', image_url: image['url'] ?? null, detail: image['detail'] ?? 'auto' }
      : part
  })
}
