import type { JsonObject } from '../../../protocol/index.ts'

/** Whether an event is of chat completions. */
export function isChatChunk({ object }: JsonObject): boolean {
  return typeof object === 'string' && object.startsWith('chat.completion')
}
