import { defineCheck } from '../../check/define-check.ts'
import { issue } from '../../check/sources.ts'
import { showClock } from '../../observe/show-clock.ts'
import { onlyFor, PLAIN_STORY, setTimes } from '../../faults/index.ts'
import { TIMED_PROBES } from '../../probe-ids.ts'

export default defineCheck({
  id: 'latency/max-gap',
  title: 'The text keeps flowing',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: 'A voice speaks what it has and then waits; that a gap is at most 1.5 s is our proposal',
    source: 'Pipecat, issue 5804',
    url: issue('pipecat-ai/pipecat', 5804),
    seenIn: issue('livekit/agents', 3798),
  },
  effect: 'The agent may stop in mid-sentence, and callers begin to talk over it.',
  fix: 'Look for what stalls your generator: a batch of other requests, a garbage collection, a tool that is awaited while text is under way.',
  probes: TIMED_PROBES,
  needs: ['exchange', 'content'],
  *inspect({ timing }, { maxGapMs }) {
    const { largestGapMs = 0 } = timing
    if (largestGapMs <= maxGapMs) return
    yield {
      message: `Between two pieces of text ${Math.round(largestGapMs)} ms passed.`,
      expected: `at most ${maxGapMs} ms`,
      actual: showClock(timing),
    }
  },
  mutants: {
    'stall-mid': onlyFor(
      PLAIN_STORY,
      setTimes((i, count) => i * 5 + (i < count / 2 ? 0 : 4_000)),
    ),
  },
  echoes: ['latency/speech-underrun'],
})
