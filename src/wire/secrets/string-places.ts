import type { Span } from '../sse.ts'
import { type Units, unitsOf } from './units.ts'

/** Beyond these, nobody streams text: such JSON is made to cost time and memory. */
const MAX_DEPTH = 32
const MAX_IN_LINE = 10_000
const MAX_PLACES = 1_000
const MAX_STRINGS = 2_000_000
const MAX_NAMES = 100_000
const MAX_ROUNDS = 16
const MAX_DIGITS = 9
const MAX_FIELD = 8

const LF = 0x0a
const CR = 0x0d
const QUOTE = 0x22
const COMMA = 0x2c
const OPEN_BRACKET = 0x5b
const BACKSLASH = 0x5c
const CLOSE_BRACKET = 0x5d
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const TAB = 0x09
const SPACE = 0x20
const COLON = 0x3a
/** The name that says which choice or call an object is. */
const INDEX = unitsOf('index')

/** The place of the names of an object's members. */
const NAMES = 1

/**
 * Finds the strings of a body that belong together: those that stand in the same place of the JSON of
 * its lines, such as the content of one choice, or the arguments of one call; those of all elements of
 * an array, such as the ids of calls; the names of members; and the lines that hold no strings. The
 * JSON need not be valid.
 *
 * Most lines of a stream have the names of the line before, which say nothing new, and are left out;
 * with `names`, all names are found, and nothing else.
 */
export function stringPlaces(body: Units, kind: 'strings' | 'names'): Span[][] {
  const places = new Map<number, Strings>()
  let count = 0
  let namesBefore = 0
  const rounds = new Map<number, number>()
  /** Names that are new to a place stand together there, apart from those that each line has. */
  const inRound = ({ path, from, to }: FoundString): FoundString => {
    const name = hashOf(body, from, to, path)
    const round = Math.min((rounds.get(name) ?? 0) + 1, MAX_ROUNDS)
    if (rounds.size < MAX_NAMES) rounds.set(name, round)
    return { place: mix(path, round), path, from, to }
  }
  const add = ({ place, path, from, to }: FoundString) => {
    if (from >= to) return
    const known = places.get(place)
    if (known) known.spans.push([from, to])
    else if (places.size < MAX_PLACES) places.set(place, { path, spans: [[from, to]] })
  }
  for (let start = 0; start < body.length && count < MAX_STRINGS;) {
    const { strings, end, namesHash } = readLine(body, start, 'values')
    if (kind === 'strings') {
      for (const each of strings) add(each)
      if (strings.length === 0) add(bareLine(body, start, end))
    }
    if (namesHash !== 0 && (kind === 'names' || namesHash !== namesBefore)) {
      for (const each of readLine(body, start, 'names').strings) add(inRound(each))
    }
    namesBefore = namesHash || namesBefore
    count += strings.length + 1
    start = end + 1
  }
  const alike = [...Map.groupBy(places.values(), ({ path }) => path).values()]
  return [
    ...[...places.values()].map(({ spans }) => spans),
    ...alike.filter(({ length }) => length > 1).map(inOrder),
  ]
}

interface Strings {
  readonly path: number
  readonly spans: Span[]
}

function inOrder(strings: readonly Strings[]): Span[] {
  return strings.flatMap(({ spans }) => spans).toSorted(([a], [b]) => a - b)
}

interface FoundString {
  /** Stands for its place in the JSON of its line. */
  readonly place: number
  /** Stands for the same place in all elements of arrays. */
  readonly path: number
  readonly from: number
  readonly to: number
}

/** An object or array that is being read. */
interface Level {
  readonly parent: Level | undefined
  readonly depth: number
  /** Stands for the names of the members that lead to it, and of the one that is being read. */
  path: number
  /** Which element of an array an object is: what its own `index` says, where it has one. */
  index: number
  /** How many elements of an array were read; `undefined` in an object. */
  elements: number | undefined
}

interface Line {
  readonly strings: readonly FoundString[]
  /** Stands for the names of members, and their places; 0 where there are none. */
  readonly namesHash: number
  readonly end: number
}

/** Reads a line: the strings that are values, or the names of members. */
function readLine(body: Units, start: number, kind: 'values' | 'names'): Line {
  const found: { path: number; level: Level; from: number; to: number }[] = []
  let namesHash = 0
  const line = openLevel(undefined, false)
  let level = line
  let at = start
  for (; at < body.length && found.length < MAX_IN_LINE; at++) {
    const unit = body[at]
    if (unit === LF || unit === CR) break
    if (unit === OPEN_BRACE || unit === OPEN_BRACKET) {
      level = openLevel(level, unit === OPEN_BRACKET)
      if (level.depth > MAX_DEPTH) break
    } else if (unit === CLOSE_BRACE || unit === CLOSE_BRACKET) {
      level = level.parent ?? line
    } else if (unit === COMMA) {
      if (level.elements !== undefined) level.elements += 1
    } else if (unit === QUOTE) {
      const from = at + 1
      at = endOfString(body, from)
      const isName = readName(body, from, at, level)
      if (isName) namesHash = mix(namesHash, level.path)
      if (isName === (kind === 'names')) {
        const path = isName ? mix(pathTo(level), NAMES) : level.path
        found.push({ path, level, from, to: at })
      }
      // A string that is not closed may end with the line.
      if (body[at] !== QUOTE) break
    }
  }
  return {
    // Only now is it known what each object says of its index.
    strings: found.map(({ path, level: within, from, to }) => ({
      place: placeOf(path, within),
      path,
      from,
      to,
    })),
    namesHash,
    end: endOfLine(body, at),
  }
}

function openLevel(parent: Level | undefined, isArray: boolean): Level {
  return {
    parent,
    depth: parent ? parent.depth + 1 : 0,
    path: parent?.path ?? 0,
    index: (!isArray && parent?.elements) || 0,
    elements: isArray ? 0 : undefined,
  }
}

/** Takes a string for the name of a member, if a colon follows it. */
function readName(body: Units, from: number, to: number, level: Level): boolean {
  const colon = skipSpace(body, to + 1)
  if (body[colon] !== COLON) return false
  level.path = mix(hashOf(body, from, to, pathTo(level)), level.depth)
  const isIndex = to - from === INDEX.length && INDEX.every((unit, i) => unit === body[from + i])
  if (isIndex) level.index = numberAt(body, skipSpace(body, colon + 1)) ?? level.index
  return true
}

function pathTo({ parent }: Level): number {
  return parent?.path ?? 0
}

function skipSpace(body: Units, from: number): number {
  let at = from
  while (body[at] === SPACE || body[at] === TAB) at++
  return at
}

function numberAt(body: Units, from: number): number | undefined {
  let number: number | undefined
  for (let at = from; at < from + MAX_DIGITS; at++) {
    const digit = (body[at] ?? 0) - 0x30
    if (digit < 0 || digit > 9) break
    number = (number ?? 0) * 10 + digit
  }
  return number
}

function placeOf(path: number, level: Level | undefined): number {
  let place = path
  for (let each = level; each; each = each.parent) place = mix(place, each.index)
  return place
}

function hashOf(body: Units, from: number, to: number, seed: number): number {
  let hash = seed
  for (let i = from; i < to; i++) hash = mix(hash, body[i]!)
  return hash
}

function mix(hash: number, value: number): number {
  return (Math.imul(hash, 0x01000193) ^ value) | 0
}

/** A line without a string: what stands behind its first colon, or all of it. */
function bareLine(body: Units, start: number, end: number): FoundString {
  const colon = body.subarray(start, Math.min(end, start + MAX_FIELD)).indexOf(COLON)
  const place = hashOf(body, start, start + colon + 1, 1)
  return { place, path: place, from: skipSpace(body, start + colon + 1), to: end }
}

/** The next quotation mark that no backslash escapes, or the end of the line. */
function endOfString(body: Units, from: number): number {
  for (let at = from; at < body.length; at++) {
    const unit = body[at]
    if (unit === QUOTE || unit === LF || unit === CR) return at
    if (unit === BACKSLASH) at++
  }
  return body.length
}

function endOfLine(body: Units, from: number): number {
  for (let at = from; at < body.length; at++) {
    const unit = body[at]
    if (unit === LF || unit === CR) return at
  }
  return body.length
}
