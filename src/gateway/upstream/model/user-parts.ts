import {
  type ChatMessage,
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../../protocol/index.ts'
import type { UserPart } from './history.ts'

/** What a caller says and shows in a message. */
export function userParts({ content }: ChatMessage): UserPart[] {
  if (typeof content === 'string') return [{ type: 'text', text: content }]
  const parts: UserPart[] = []
  for (const part of (content ?? []) as JsonObject[]) {
    const said = userPart(part)
    const last = parts.at(-1)
    if (said === undefined) continue
    if (said.type === 'text' && last?.type === 'text') {
      parts[parts.length - 1] = { type: 'text', text: last.text + said.text }
    } else {
      parts.push(said)
    }
  }
  return parts
}

function userPart(part: JsonObject): UserPart | undefined {
  if (typeof part.text === 'string') return { type: 'text', text: part.text }
  switch (part.type) {
    case 'image_url':
      return pictureAt(isJsonObject(part.image_url) ? part.image_url.url : part.image_url)
    case 'input_audio':
      return sound(part.input_audio)
    case 'file':
      return isJsonObject(part.file) ? inline(part.file.file_data, part.file.filename) : undefined
    default:
      return undefined
  }
}

function pictureAt(url: Json | undefined): UserPart | undefined {
  if (typeof url !== 'string') return undefined
  const data = inline(url, undefined)
  if (data !== undefined) return data
  return URL.canParse(url)
    ? { type: 'file', mediaType: 'image/*', data: { type: 'url', url: new URL(url) } }
    : { type: 'text', text: url }
}

/** What a `data:` URL holds, in base64. */
function inline(url: Json | undefined, name: Json | undefined): UserPart | undefined {
  const [, mediaType, data] =
    typeof url === 'string' ? (/^data:([^;,]+)[^,]*;base64,(.*)$/is.exec(url) ?? []) : []
  if (mediaType === undefined || data === undefined) return undefined
  return {
    type: 'file',
    mediaType,
    data: { type: 'data', data },
    ...(typeof name === 'string' && { filename: name }),
  }
}

function sound(audio: Json | undefined): UserPart | undefined {
  if (!isJsonObject(audio)) return undefined
  const { data, format } = audio
  if (typeof data !== 'string' || typeof format !== 'string') return undefined
  const mediaType = `audio/${format === 'mp3' ? 'mpeg' : format}`
  return { type: 'file', mediaType, data: { type: 'data', data } }
}
