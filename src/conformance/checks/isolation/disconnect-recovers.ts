import { jsonReply } from '../../../wire/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { inconclusive, skip } from '../../check/gap.ts'
import { ELEVENLABS, issue } from '../../check/sources.ts'
import type { Evidence } from '../../evidence/evidence.ts'
import { hasFailed } from '../../evidence/has-failed.ts'
import { afterHangUp } from '../../faults/index.ts'
import { TIMED_PROBES } from '../../probe-ids.ts'

export default defineCheck({
  id: 'isolation/disconnect-recovers',
  title: 'The turn after an interruption is answered, as fast as usual',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'When the caller interrupts, the platform closes the connection in the middle of a reply, and sends the next turn',
    ...ELEVENLABS,
    seenIn: issue('sgl-project/sglang', 37_833),
  },
  effect: 'After an interruption, the agent is mute or slow.',
  fix: 'Stop the generation and free what it holds when the client disconnects; a closed connection is no failure.',
  probes: ['barge-in', ...TIMED_PROBES],
  needs: ['exchange', 'admitted'],
  holdsAmongCalls: 'interrupted',
  *compare(evidence, { firstContentMs }) {
    const ours = evidence.filter(({ probe }) => probe === 'barge-in')
    const turns = ours.length > 0 ? ours : evidence
    const nexts = turns.filter((_, i) => i > 0 && isInterrupted(turns[i - 1]!))
    const [failed, ...alike] = nexts.filter(hasFailed)
    const answered = nexts.filter((each) => !hasFailed(each))
    // Of most that follow an interruption, or it was chance.
    const next = nexts.length > 2 * answered.length ? failed : answered[0]
    if (!next) return skip('no reply was long enough to be interrupted')
    const others = evidence.filter(
      (each) => each.probe !== 'barge-in' && !nexts.includes(each) && !isInterrupted(each),
    )
    const { response, end } = next.exchange
    if (hasFailed(next)) {
      if (others.filter(hasFailed).length > others.length / 2) {
        return inconclusive('most requests that nobody interrupted were not answered either')
      }
      const seen = response ? `status ${response.status}` : end.how
      yield {
        message: `The turn after an interruption was not answered: ${seen}.`,
        expected: 'status 200',
        actual: next.errorText ?? seen,
        evidence: next,
        alike,
      }
      return undefined
    }
    const usual = median(others.flatMap(firstTextMs))
    const [firstMs] = firstTextMs(next)
    if (usual === undefined || firstMs === undefined)
      return inconclusive('there was no text to time')
    // A busy machine adds some time; what callers feel as slow is more than that.
    if (firstMs > 2 * usual + firstContentMs) {
      yield {
        message: `The turn after an interruption had its first text after ${Math.round(firstMs)} ms; the median of the others is ${Math.round(usual)} ms.`,
        expected: `at most twice the median and ${firstContentMs} ms`,
        actual: `${Math.round(firstMs)} ms`,
        severity: 'warning',
        evidence: next,
      }
    }
    return undefined
  },
  mutants: {
    'abort-wedges': afterHangUp(() =>
      jsonReply(503, { error: { message: 'The previous generation is still running' } }),
    ),
    'abort-slot-leak': afterHangUp((reply) => ({
      ...reply,
      frames: reply.frames.map((frame) => ({ ...frame, atMs: frame.atMs + 2_500 })),
    })),
  },
  echoes: ['transport/status-ok'],
})

function isInterrupted({ exchange }: Evidence): boolean {
  return exchange?.end.how === 'aborted'
}

function firstTextMs({ spoken, stream }: Evidence): number[] {
  const [first] = spoken
  const atMs = first && stream.events[first.event]?.atMs
  return atMs === undefined || atMs === null ? [] : [atMs]
}

function median(values: readonly number[]): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)]
}
