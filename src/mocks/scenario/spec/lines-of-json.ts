import { type ParseError, parse, visit } from 'jsonc-parser'
import type { Place } from './validate-scenarios.ts'

/** A value on the way to those that are looked for. */
interface Waypoint {
  readonly members: Map<string | number, Waypoint>
  /** Which places lead through here. */
  readonly places: number[]
}

/** An array or object that is being read, and the key of its next value. */
interface Frame {
  readonly waypoint: Waypoint | undefined
  key: string | number
}

/**
 * Tells on which lines values of a JSON text begin, counted from 1. What is missing is looked for
 * where what should hold it begins.
 */
export function linesOfJson(text: string, places: readonly Place[]): number[] {
  const lines = places.map(() => 1)
  const root = waysTo(places)
  const frames: Frame[] = []
  const arrive = (line: number) => {
    const frame = frames.at(-1)
    const waypoint = frame ? frame.waypoint?.members.get(frame.key) : root
    for (const place of waypoint?.places ?? []) lines[place] = line + 1
    return waypoint
  }
  visit(text, {
    onObjectBegin: (_, _length, line) => void frames.push({ waypoint: arrive(line), key: '' }),
    onArrayBegin: (_, _length, line) => void frames.push({ waypoint: arrive(line), key: 0 }),
    onObjectProperty: (name) => void (frames.at(-1)!.key = name),
    onSeparator() {
      const frame = frames.at(-1)
      if (typeof frame?.key === 'number') frame.key++
    },
    onObjectEnd: () => void frames.pop(),
    onArrayEnd: () => void frames.pop(),
    onLiteralValue: (_, _offset, _length, line) => void arrive(line),
  })
  return lines
}

/** On which line a text stops being JSON. */
export function lineOfJsonError(text: string): number {
  const errors: ParseError[] = []
  parse(text, errors, { disallowComments: true })
  return text.slice(0, errors[0]?.offset ?? 0).split('\n').length
}

function waysTo(places: readonly Place[]): Waypoint {
  const root: Waypoint = { members: new Map(), places: [] }
  for (const [number, place] of places.entries()) {
    let waypoint = root
    root.places.push(number)
    for (const key of place) {
      let next = waypoint.members.get(key)
      if (!next) waypoint.members.set(key, (next = { members: new Map(), places: [] }))
      next.places.push(number)
      waypoint = next
    }
  }
  return root
}
