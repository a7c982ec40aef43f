import { DONE } from '../../protocol/index.ts'
import type { EventFrame, Frame, HttpRequest, Tamper } from '../../wire/index.ts'
import type { Draft } from './draft.ts'
import { editFrames } from './edit-frames.ts'

/**
 * Edits all events of a stream of the Responses API at once: they may be changed in place, dropped,
 * added, reordered. Each is sent when the one that it comes from was, under the name of its type.
 */
export function editEvents(edit: (events: Draft[], request: HttpRequest) => Draft[]): Tamper {
  return editFrames((frames, request) => {
    const times = new Map<Draft, EventFrame>()
    const events = frames.flatMap((frame): Draft[] => {
      if (frame.kind !== 'event' || frame.data === DONE) return []
      const json: Draft = JSON.parse(frame.data)
      times.set(json, frame)
      return [json]
    })
    const rest = frames.filter((frame) => frame.kind !== 'event' || frame.data === DONE)
    let atMs = 0
    const edited = edit(events, request).map((json): Frame => {
      const from = times.get(json)
      atMs = from?.atMs ?? atMs
      const isNamed = from === undefined || from.event !== undefined
      return {
        kind: 'event',
        atMs,
        ...(isNamed && typeof json?.type === 'string' && { event: json.type }),
        data: JSON.stringify(json),
      }
    })
    return [...edited, ...rest]
  })
}

/** Edits in place each event whose type matches. */
export function editEach(type: RegExp, edit: (event: Draft, index: number) => void): Tamper {
  return editEvents((events) => {
    const matching = events.filter((event) => type.test(event.type))
    for (const [index, event] of matching.entries()) edit(event, index)
    return events
  })
}

/** Edits in place each item, wherever a stream tells it. */
export function editItems(type: RegExp, edit: (item: Draft) => void): Tamper {
  return editEach(/^response\./, (event) => {
    const items: Draft[] = [...(event.item ? [event.item] : []), ...(event.response?.output ?? [])]
    for (const item of items) if (type.test(item.type)) edit(item)
  })
}

/** Leaves out each event whose type matches, and counts those that are left. */
export function dropEach(type: RegExp): Tamper {
  return editEvents((events) => renumbered(events.filter((event) => !type.test(event.type))))
}

/** Counts events anew, so that only what is meant is wrong. */
export function renumbered(events: Draft[]): Draft[] {
  for (const [i, event] of events.entries()) {
    if ('sequence_number' in event) event.sequence_number = i
  }
  return events
}
