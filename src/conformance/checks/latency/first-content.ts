import { defineCheck } from '../../check/define-check.ts'
import { skip } from '../../check/gap.ts'
import { CASCADE, issue } from '../../check/sources.ts'
import { showClock } from '../../observe/show-clock.ts'
import { onlyFor, setTimes } from '../../faults/index.ts'
import { TIMED_PROBES } from '../../probe-ids.ts'

export default defineCheck({
  id: 'latency/first-content',
  title: 'The first content comes before the platform gives up, and soon',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'cascade_timeout_seconds (2 to 15, 4 by default) is how long the platform waits for content; that 95 % come within 1 s is our proposal',
    ...CASCADE,
    seenIn: issue('elevenlabs/packages', 1005),
  },
  effect:
    'The platform drops the request and sends the same turn again, three times; then the call fails. Below that, callers take the pause for a bad line.',
  fix: 'Find out what happens before the first token: retrieval, a cold model, a queue. Bridge it with buffer words ("Let me see... "), which count as content.',
  probes: TIMED_PROBES,
  needs: ['exchange', 'chunks'],
  *compare(evidence, { cascadeMs, firstContentMs: slowMs }) {
    const samples = evidence
      .flatMap((each) => {
        const { firstContentMs: ms } = each.timing
        return ms === undefined ? [] : { ms, evidence: each, actual: showClock(each.timing) }
      })
      .toSorted((a, b) => a.ms - b.ms)
    if (samples.length === 0) return skip('no reply has text or calls a tool')
    const late = samples.filter(({ ms }) => ms >= cascadeMs)
    for (const { ms, ...seen } of late) {
      yield {
        message: `The first content came after ${Math.round(ms)} ms; until then nothing came.`,
        expected: `less than ${cascadeMs} ms`,
        ...seen,
      }
    }
    const { ms, ...seen } = samples[Math.ceil(samples.length * 0.95) - 1]!
    if (late.length > 0 || ms <= slowMs) return undefined
    yield {
      message: `The first content came after ${Math.round(ms)} ms: so long is the 95th percentile of ${samples.length} replies.`,
      expected: `at most ${slowMs} ms`,
      ...seen,
      severity: 'warning',
    }
    return undefined
  },
  mutants: {
    'slow-first-4500': onlyFor(
      /Where is my order/,
      setTimes(() => 4_500),
    ),
    'slow-first-1500': onlyFor(
      /Where is my order/,
      setTimes(() => 1_500),
    ),
  },
})
