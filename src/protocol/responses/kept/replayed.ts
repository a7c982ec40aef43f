import { isJsonObject, parseJson } from '../../json/json.ts'
import type { Reply } from '../../../wire/index.ts'

/** A stream as who has read it up to an event, whose number is given, is sent the rest. */
export function replayed(reply: Reply, startingAfter: string | null): Reply {
  const after = Number(startingAfter ?? -1)
  return { ...reply, frames: reply.frames.filter((frame) => numberOf(frame) > after) }
}

/** What has no number ends a stream. */
function numberOf(frame: Reply['frames'][number]): number {
  const json = frame.kind === 'event' ? parseJson(frame.data) : undefined
  const number = isJsonObject(json) ? json['sequence_number'] : undefined
  return typeof number === 'number' ? number : Infinity
}
