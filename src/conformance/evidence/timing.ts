import type { Reading, Spot } from '../../protocol/index.ts'
import type { SpeakableUnit } from '../../speech/index.ts'
import type { Exchange, SseEvent, SseStream } from '../../wire/index.ts'

/** A reply, and when the events came that it was read from. */
export interface TimedReply {
  /** `undefined` where no clock ran. */
  readonly exchange: Exchange | undefined
  readonly stream: SseStream
  readonly reading: Reading
  /** The event that says that there is no more. */
  readonly done: SseEvent | undefined
}

/** When the parts of an answer came, in milliseconds from the request; `undefined` for what never came. */
export interface Timing {
  readonly headMs: number | undefined
  readonly firstByteMs: number | undefined
  /** The first chunk that names a role. */
  readonly roleMs: number | undefined
  /** The first text that is not empty. */
  readonly firstTextMs: number | undefined
  /** That, or the first piece of a tool call: what stops the platform's clock. */
  readonly firstContentMs: number | undefined
  /** When the first sentence was known to be whole, so that a voice could begin. */
  readonly firstSentenceMs: number | undefined
  /** The longest time from one text to the next. */
  readonly largestGapMs: number | undefined
  /** The last piece of the last tool call. */
  readonly toolCallMs: number | undefined
  /** The terminator. */
  readonly doneMs: number | undefined
  readonly totalMs: number | undefined
}

/** Reads off an exchange when the parts of its answer came. */
export function timingOf(
  { exchange, stream, reading, done }: TimedReply,
  units: readonly SpeakableUnit[],
): Timing {
  const { pieces, calls } = reading
  const arrival = (spot: Spot | undefined) => spot && (stream.events[spot.event]!.atMs ?? undefined)
  const times = pieces.flatMap((piece) => (piece.kind === 'text' ? (arrival(piece) ?? []) : []))
  const gaps = times.slice(1).map((atMs, i) => atMs - times[i]!)
  const opened = calls.flatMap(({ opening }) => arrival(opening) ?? [])
  const completed = calls.flatMap(({ latest }) => arrival(latest) ?? [])
  return {
    headMs: exchange?.response?.atMs,
    firstByteMs: exchange?.arrivals[0]?.atMs,
    roleMs: arrival(pieces.find(({ kind }) => kind === 'role')),
    firstTextMs: times[0],
    firstContentMs: smallest([...times.slice(0, 1), ...opened]),
    firstSentenceMs: exchange && units[0]?.confirmedAtMs,
    largestGapMs: largest(gaps),
    toolCallMs: largest(completed),
    doneMs: done?.atMs ?? undefined,
    totalMs: exchange?.end.atMs,
  }
}

function smallest(numbers: readonly number[]): number | undefined {
  return numbers.toSorted((a, b) => a - b)[0]
}

function largest(numbers: readonly number[]): number | undefined {
  return numbers.toSorted((a, b) => b - a)[0]
}
