import type { Frame } from '../../../wire/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { OPEN_RESPONSES } from '../../check/sources.ts'
import { editFrames, onlyFor, PLAIN_STORY } from '../../faults/index.ts'

const SOON_MS = 1_000

export default defineCheck({
  id: 'stream/error-then-end',
  title: 'After an error, the stream sends response.failed, or ends',
  severity: 'warning',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'An error event is followed by response.failed',
    ...OPEN_RESPONSES,
  },
  effect: 'The caller waits in silence until the client gives up.',
  fix: 'Send response.failed after the error, or close the stream at once.',
  probes: 'every-stream',
  needs: ['exchange', 'stream'],
  *inspect(evidence) {
    const { events, terminals } = evidence.responses
    const error = events.find(({ type }) => type === 'error')
    if (!error || terminals.some(({ event }) => event > error.event.index)) return
    const { how, atMs } = evidence.exchange.end
    const waitedMs = atMs - (error.event.atMs ?? atMs)
    if (how !== 'timeout' && waitedMs <= SOON_MS) return
    yield {
      message:
        how === 'timeout'
          ? 'The stream stays open after an error event.'
          : `The stream ended ${Math.round(waitedMs)} ms after an error event.`,
      expected: 'response.failed, or the end of the stream',
      at: error.event,
    }
  },
  mutants: {
    'error-event-then-hang': onlyFor(
      PLAIN_STORY,
      editFrames((frames) => [...frames.slice(0, frames.length / 2), ...lateEnd(frames.length)]),
    ),
  },
  echoes: ['errors/error-in-200', 'stream/cut-off'],
})

function lateEnd(count: number): Frame[] {
  const error = { code: 'server_error', message: 'The model is overloaded.' }
  const data = JSON.stringify({ type: 'error', sequence_number: Math.floor(count / 2), error })
  return [
    { kind: 'event', atMs: 0, event: 'error', data },
    { kind: 'comment', atMs: 1_500, text: 'still here' },
  ]
}
