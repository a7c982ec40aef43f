import { defineCheck } from '../../check/define-check.ts'
import { skip } from '../../check/gap.ts'
import { ELEVENLABS } from '../../check/sources.ts'
import { showClock } from '../../observe/show-clock.ts'
import { onlyFor, PLAIN_STORY, setTimes } from '../../faults/index.ts'
import { TIMED_PROBES } from '../../probe-ids.ts'

export default defineCheck({
  id: 'latency/total',
  title: 'A reply is over before the platform gives up on it',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: '"llm_timeout: LLM response took over 20 seconds"',
    ...ELEVENLABS,
  },
  effect: 'The platform cuts the reply off, or ends the call.',
  fix: 'Limit the length of replies (in the system prompt, and by max_tokens or max_output_tokens), or use a faster model.',
  probes: TIMED_PROBES,
  needs: ['exchange', 'stream'],
  *inspect({ exchange, timing }, { totalMs, maxGapMs }) {
    const { end, arrivals, connectMs } = exchange
    // A recorder gives up so long after the call, not after the request; its timer may be up to a
    // millisecond early.
    const gaveUpMs = Math.ceil(end.atMs + (connectMs ?? 0))
    const overMs = timing.doneMs ?? (end.how === 'timeout' ? gaveUpMs : end.atMs)
    if (Math.round(overMs) < totalMs) return undefined
    const wasSending = end.atMs - (arrivals.at(-1)?.atMs ?? 0) < maxGapMs
    if (end.how === 'timeout' && !wasSending) return skip('the reply had come to a halt')
    yield {
      message:
        end.how === 'timeout'
          ? `After ${Math.round(overMs)} ms the reply was still coming.`
          : `The reply took ${Math.round(overMs)} ms.`,
      expected: `less than ${totalMs} ms`,
      actual: showClock(timing),
    }
    return undefined
  },
  mutants: {
    'slow-total': onlyFor(
      PLAIN_STORY,
      setTimes((i, count) => 21_000 * (i / (count - 1)) ** 2),
    ),
  },
  echoes: ['transport/body-complete'],
})
