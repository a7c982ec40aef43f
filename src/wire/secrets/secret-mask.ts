import type { Span } from '../sse.ts'
import type { Decoded } from './decoder.ts'
import { decodeEscapes } from './decode-escapes.ts'
import { decodeQuotedPrintable } from './decode-quoted-printable.ts'
import { spellingsOf } from './spellings.ts'
import { rankOf } from './rank-of.ts'
import { stringPlaces } from './string-places.ts'
import { type FindTraces, traceFinder } from './trace-finder.ts'
import { textOf, type Units, unitsOf } from './units.ts'
import { withinStrings } from './within-strings.ts'

/** Escapes within escapes, as where JSON holds JSON that holds a URL. */
const MAX_LEVELS = 6
/** JSON within the strings of JSON, such as the arguments of calls. */
const MAX_NESTED = 2
/** A character takes no more, however it is written. */
const MAX_SPELLED = 16
/** So many characters are read at a time, which bounds the memory that it takes. */
const BLOCK = 0x4_0000

const ASTERISK = 0x2a
const [SPACE, MINUS, ZERO, ONE, NINE] = [0x20, 0x2d, 0x30, 0x31, 0x39]
const LF = 0x0a
const CR = 0x0d
const QUOTE = 0x22

/**
 * Puts asterisks in the place of secrets, also of those told piece by piece: over events, strings or
 * lines. Lengths stay as they are.
 */
export interface SecretMask {
  readonly text: (text: string) => string
  /** Without a secret, it is the same body. */
  readonly body: (body: Uint8Array) => Uint8Array
}

/** Makes a mask of secrets, however they are written. The time it takes is linear in the text. */
export function secretMask(secrets: readonly string[]): SecretMask {
  if (secrets.length === 0) return { text: (text) => text, body: (body) => body }
  const traces = traceFinder(secrets.flatMap(spellingsOf))
  const overlap = Math.max(...secrets.map(({ length }) => length)) * MAX_SPELLED
  function* find(text: Units): Generator<Span, void, undefined> {
    for (let start = 0; start < text.length; start += BLOCK) {
      const block = text.subarray(start, start + BLOCK + overlap)
      for (const [from, to] of allTraces(traces, block)) yield [start + from, start + to]
    }
  }
  function* findPieces(
    text: Units,
    kind: 'strings' | 'names',
    levels = MAX_NESTED,
  ): Generator<Span, void, undefined> {
    for (const pieces of stringPlaces(text, kind)) {
      const partsOf = splitter(pieces)
      const whole = joined(text, pieces)
      if (pieces.length > 1) for (const span of find(whole)) yield* partsOf(span)
      const decoded = levels > 0 && whole.includes(QUOTE) ? decodeEscapes(whole) : undefined
      if (!decoded) continue
      const { units, sourceOf } = decoded
      for (const [from, to] of findPieces(units, kind, levels - 1)) {
        yield* partsOf([sourceOf(from), sourceOf(to)])
      }
    }
  }
  function* findAll(text: Units): Generator<Span, void, undefined> {
    yield* find(text)
    let isTold = false
    for (const span of findPieces(text, 'strings')) {
      yield span
      isTold = true
    }
    // Names that tell a secret may do so again.
    if (isTold) yield* findPieces(text, 'names')
  }
  return {
    text(text) {
      const units = unitsOf(text)
      const masked = hide(units, findAll(units))
      return masked === units ? text : textOf(masked)
    },
    body: (body) => hide(body, findAll(body)),
  }
}

/**
 * Puts asterisks in some spans of a copy; where there are none, it is the same text. A number of JSON
 * stays one.
 */
function hide<Text extends Units>(text: Text, spans: Iterable<Span>): Text {
  let masked: Text | undefined
  let strings: Uint8Array | undefined
  for (const [from, to] of spans) {
    masked ??= copyOf(text)
    if (isNumber(text, from, to) && (strings ??= withinStrings(text))[from] === 0) {
      masked.fill(ONE, text[from] === MINUS ? from + 1 : from, to)
      continue
    }
    // Where lines end, events do.
    for (let at = from; at < to; at++) {
      if (text[at] !== LF && text[at] !== CR) masked[at] = ASTERISK
    }
  }
  return masked ?? text
}

/** Fewer digits are a piece of what is told digit by digit. */
const LEAST_NUMBER = 4
const BEFORE_NUMBER = unitsOf(':,[')
const AFTER_NUMBER = unitsOf(',]}')

/** Whether a span is a number as JSON has it, in an object or an array. */
function isNumber(text: Units, from: number, to: number): boolean {
  const start = text[from] === MINUS ? from + 1 : from
  if (to - start < LEAST_NUMBER) return false
  for (let at = start; at < to; at++) if (text[at]! < ZERO || text[at]! > NINE) return false
  let [before, after] = [from - 1, to]
  while (isBlank(text[before])) before--
  while (isBlank(text[after])) after++
  return BEFORE_NUMBER.includes(text[before] ?? 0) && AFTER_NUMBER.includes(text[after] ?? 0)
}

function isBlank(unit: number | undefined): boolean {
  return unit === SPACE || unit === LF || unit === CR
}

/** Of a Buffer, `slice` would be no copy. */
function copyOf<Text extends Units>(text: Text): Text {
  const copy = text instanceof Uint8Array ? new Uint8Array(text) : new Uint16Array(text)
  return copy as Text
}

function joined(body: Units, pieces: readonly Span[]): Units {
  const size = pieces.reduce((length, [from, to]) => length + to - from, 0)
  const text = body instanceof Uint8Array ? new Uint8Array(size) : new Uint16Array(size)
  let length = 0
  for (const [from, to] of pieces) {
    text.set(body.subarray(from, to), length)
    length += to - from
  }
  return text
}

/** Quoted-printable is another reading: in URLs, what follows an equals sign is no escape. */
function allTraces(traces: FindTraces, text: Units): Span[] {
  return [
    ...undoing(traces, text, MAX_LEVELS),
    ...within(decodeQuotedPrintable(text), (units) => undoing(traces, units, MAX_LEVELS)),
  ]
}

/** What is found in a text, and in the text without its escapes. */
function undoing(traces: FindTraces, text: Units, levels: number): Span[] {
  const decoded = levels > 0 ? decodeEscapes(text) : undefined
  return [...traces(text), ...within(decoded, (units) => undoing(traces, units, levels - 1))]
}

/** Where what is found in a decoded text stood in the other. */
function within(decoded: Decoded | undefined, find: (units: Units) => Span[]): Span[] {
  if (!decoded) return []
  const { units, sourceOf } = decoded
  return find(units).map(([from, to]) => [sourceOf(from), sourceOf(to)])
}

/** Tells where a span of a text stands that was put together of pieces. */
function splitter(pieces: readonly Span[]): (span: Span) => Span[] {
  let length = 0
  const ats = pieces.map(([from, to]) => {
    const at = length
    length += to - from
    return at
  })
  return ([start, end]) => {
    const first = rankOf(ats, start)
    const last = rankOf(ats, end - 1)
    return pieces.slice(first, last + 1).map(([from, to], i): Span => {
      const at = ats[first + i]!
      return [Math.max(from, from + start - at), Math.min(to, from + end - at)]
    })
  }
}
