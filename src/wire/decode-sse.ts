import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { type Arrival, concatArrivals } from './exchange.ts'
import { blockReader } from './block-reader.ts'
import { plainBlockReader } from './plain-block-reader.ts'
import type { FramingFact, LineFact, Span, SseEvent, SseStream } from './sse.ts'

/** After this many, more of them say nothing new. */
const MAX_INVALID_LINES = 1_000
const NOT_ASCII = /[^\0-\x7f]/
// One character a byte, so that an index into the text is an offset into the body.
const singleByte = new TextDecoder('latin1')
// A byte order mark within the body must stay visible.
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })
const strictUtf8 = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true })

/**
 * Decodes a body as server-sent events, and lists what the parser forgives.
 *
 * Events and facts depend on the bytes alone; how the bytes were split decides only the times. Each
 * is stamped with the arrival of its last byte, or with `null` where no clock ran.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export function decodeSse(arrivals: readonly Arrival[], { timed = true } = {}): SseStream {
  const body = concatArrivals(arrivals)
  const decoded = utf8.decode(body)
  const isAscii = decoded.length === body.length && !decoded.includes('\uFFFD')
  let suspects = decoded.includes('\uFFFD') ? MAX_INVALID_LINES : 0
  const raw = isAscii ? decoded : singleByte.decode(body)
  const stamp = timed ? arrivalClock(arrivals) : () => null
  const place = (bytes: Span) => ({ bytes, atMs: stamp(bytes[1]) })
  const text = ([start, end]: Span) => {
    const slice = raw.slice(start, end)
    return isAscii || !NOT_ASCII.test(slice) ? slice : utf8.decode(body.subarray(start, end))
  }

  const events: SseEvent[] = []
  const facts: FramingFact[] = []
  const add = (bytes: Span, data: string, name: string | undefined, dataLines: number) =>
    events.push({ index: events.length, bytes, atMs: stamp(bytes[1]), data, name, dataLines })
  let message: EventSourceMessage | undefined
  const parser = createParser({ onEvent: (event) => (message = event) })
  // What the parser is fed first loses its byte order mark: let that be a comment.
  parser.feed(':\n')

  const hasBom = raw.startsWith('\u00ef\u00bb\u00bf')
  if (hasBom) facts.push({ kind: 'bom', ...place([0, 3]) })

  const plainBlockFrom = plainBlockReader(raw)
  const blockFrom = blockReader(raw)
  for (let cursor = hasBom ? 3 : 0; ;) {
    const plain = suspects === 0 ? plainBlockFrom(cursor) : undefined
    if (plain) {
      add(plain.span, text(plain.data), undefined, 1)
      cursor = plain.span[1]
      continue
    }
    const block = blockFrom(cursor)
    if (!block) break
    const { span, lines, closed } = block
    cursor = span[1]
    let dataLines = 0
    let named: Span | undefined
    let hasField = false
    for (const line of lines) {
      if (raw.startsWith('data:', line[0])) dataLines++
      else if (raw.startsWith('event:', line[0])) named = line
      else {
        const fact = readField(text(line))
        if (fact === 'data') dataLines++
        else if (fact) {
          facts.push({ ...fact, ...place(line) })
          hasField ||= fact.kind === 'field' && fact.value !== ''
        }
      }
      if (suspects > 0 && !isUtf8(body.subarray(...line))) {
        suspects -= 1
        facts.push({ kind: 'invalid-utf8', ...place(line) })
      }
    }
    if (!closed) {
      facts.push({ kind: 'unterminated', text: text(span), dataLines, ...place(span) })
      break
    }
    if (dataLines === 0) {
      const name = (named && text(named).slice('event:'.length).trim()) || undefined
      if (name !== undefined || hasField) facts.push({ kind: 'no-data', name, ...place(span) })
    }
    // The parser tells what an event says, not where it stood. It calls back while it is fed, when a
    // blank line ends an event, and keeps nothing of it: fed one block at a time, what it gives can
    // only be what stands in this span.
    message = undefined
    parser.feed(text(span))
    if (message === undefined) continue
    const { data, event: name } = message as EventSourceMessage
    add(span, data, name, dataLines)
  }
  return { events, facts }
}

/** What a line that is not plain `data:` says. The parser reads `event` itself. */
function readField(line: string): LineFact | 'data' | undefined {
  const colon = line.indexOf(':')
  const name = colon < 0 ? line : line.slice(0, colon)
  const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
  switch (name) {
    case 'data':
      return 'data'
    case 'event':
      return undefined
    case '':
      return { kind: 'comment', text: value }
    case 'id':
    case 'retry':
      return { kind: 'field', name, value }
    default:
      return { kind: 'unknown-field', name, line }
  }
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    strictUtf8.decode(bytes)
    return true
  } catch {
    return false
  }
}

/** Tells when the byte before an offset arrived; offsets must not fall. */
function arrivalClock(arrivals: readonly Arrival[]): (end: number) => number | null {
  let next = 0
  let received = 0
  let atMs: number | null = null
  return (end) => {
    while (received < end && next < arrivals.length) {
      const arrival = arrivals[next++]!
      received += arrival.bytes.length
      atMs = arrival.atMs
    }
    return atMs
  }
}
