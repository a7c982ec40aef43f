import type { Piece } from '../../../protocol/index.ts'
import type { Frame, Place, Tamper } from '../../../wire/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { CASCADE, issue } from '../../check/sources.ts'
import type { Evidence } from '../../evidence/evidence.ts'
import { showClock } from '../../observe/show-clock.ts'
import { type Draft, editFrames, onlyFor } from '../../faults/index.ts'
import { TIMED_PROBES } from '../../probe-ids.ts'

export default defineCheck({
  id: 'latency/keepalive-only',
  title: 'The wait for content is not filled with what does not count',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'Only content stops the clock of cascade_timeout_seconds (4 by default): no comment, no empty delta, no role, no reasoning',
    ...CASCADE,
    seenIn: issue('elevenlabs/packages', 1005),
  },
  effect: 'The connection looks alive, yet the platform gives up and sends the same turn again.',
  fix: 'Send buffer words ("Let me see... ") instead of keep-alives, or turn reasoning down, so that content comes in time.',
  probes: TIMED_PROBES,
  needs: ['exchange', 'stream'],
  *inspect(evidence, { cascadeMs }) {
    const { exchange, timing } = evidence
    const waitedMs = timing.firstContentMs ?? exchange.end.atMs
    if (waitedMs < cascadeMs || exchange.end.how === 'aborted') return
    const kinds = Map.groupBy(fillers(evidence, waitedMs), (kind) => kind)
    if (kinds.size === 0) return
    const names = [...kinds].map(([kind, all]) => `${all.length} x ${kind}`).join(', ')
    yield {
      message: `For ${Math.round(waitedMs)} ms no content came, only ${names}.`,
      expected: `text or a tool call in less than ${cascadeMs} ms`,
      actual: showClock(timing),
    }
  },
  mutants: {
    'keepalive-comment': onlyFor(
      /Where is my order/,
      editFrames((frames) => [
        ...beats((atMs) => ({ kind: 'comment', atMs, text: 'keep-alive' })),
        ...frames.map((frame) => ({ ...frame, atMs: 4_200 })),
      ]),
    ),
  },
  mutantsIn: {
    chat: {
      'keepalive-empty-delta': heldWith(emptied),
    },
    responses: {
      'keepalive-event': heldWith((_, atMs) => ({
        kind: 'event',
        atMs,
        event: 'keepalive',
        data: '{"type":"keepalive","sequence_number":1}',
      })),
    },
  },
  echoes: ['latency/first-content'],
})

/** Fills the wait after the first event with others, and sends the rest late. */
function heldWith(filler: (first: Frame, atMs: number) => Frame): Tamper {
  return onlyFor(
    /Where is my order/,
    editFrames(([first, ...rest]) => [
      first!,
      ...beats((atMs) => filler(first!, atMs)),
      ...rest.map((frame) => ({ ...frame, atMs: 4_200 })),
    ]),
  )
}

function beats(beat: (atMs: number) => Frame): Frame[] {
  return [500, 1_000, 1_500, 2_000].map(beat)
}

function emptied(frame: Frame, atMs: number): Frame {
  const chunk: Draft = frame.kind === 'event' ? JSON.parse(frame.data) : {}
  for (const choice of chunk.choices) choice.delta = { content: '' }
  return { kind: 'event', atMs, data: JSON.stringify(chunk) }
}

/** The kind of each thing that came before the content. */
function fillers({ stream, reading }: Evidence, untilMs: number): string[] {
  const isBefore = ({ atMs }: Place) => (atMs ?? 0) < untilMs
  const comments = stream.facts.filter((fact) => fact.kind === 'comment' && isBefore(fact))
  const parts = Map.groupBy(
    reading.pieces.filter(({ event }) => isBefore(stream.events[event]!)),
    ({ event }) => event,
  )
  return [...comments.map(() => 'comment'), ...[...parts.values()].flatMap((part) => kindOf(part))]
}

/** What an event brings in place of content; nothing where it is no part of a reply. */
function kindOf(part: readonly Piece[]): string[] {
  if (part.some(({ kind }) => kind === 'reasoning')) return ['reasoning']
  if (part.some((piece) => piece.kind === 'role' && piece.role !== '')) return ['role']
  return part.flatMap((piece) => (piece.kind === 'filler' ? piece.what : [])).slice(0, 1)
}
