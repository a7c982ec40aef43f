import type { Call, Handler } from '../../../wire/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { skip } from '../../check/gap.ts'
import { CASCADE, issue } from '../../check/sources.ts'
import { showClock } from '../../observe/show-clock.ts'
import { pause } from '../../faults/index.ts'
import { TIMED_PROBES } from '../../probe-ids.ts'

/** A median of fewer says little. */
const MIN_OTHERS = 3

export default defineCheck({
  id: 'latency/cold-start',
  title: 'The first request is not much slower than the others',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: 'Calls come at any time, and the clock of cascade_timeout_seconds runs for the first one, too; three times the median is our proposal',
    ...CASCADE,
    seenIn: issue('elevenlabs/packages', 1005),
  },
  effect:
    'The first caller after a quiet time hears nothing, and the platform sends the turn again.',
  fix: 'Keep an instance and the model warm (minimum instances, keep_alive), and warm it up before it takes traffic.',
  probes: TIMED_PROBES,
  needs: ['exchange', 'chunks'],
  *compare(evidence, { coldStartRatio, firstContentMs }) {
    const [first, ...others] = evidence
      .filter(({ timing }) => timing.firstContentMs !== undefined)
      .toSorted((a, b) => a.exchange.startedAt.localeCompare(b.exchange.startedAt))
      .map((each) => ({ evidence: each, ms: each.timing.firstContentMs! }))
    if (!first || others.length < MIN_OTHERS) {
      return skip('there are too few replies to compare the first one with')
    }
    const median = others.toSorted((a, b) => a.ms - b.ms)[Math.floor(others.length / 2)]!.ms
    // What is fast anyway may be several times slower, and nobody notices.
    if (first.ms <= firstContentMs || first.ms <= median * coldStartRatio) return undefined
    yield {
      message: `The first request had its first content after ${Math.round(first.ms)} ms, the others after ${Math.round(median)} ms (median).`,
      expected: `at most ${coldStartRatio} times the median, or ${firstContentMs} ms`,
      actual: showClock(first.evidence.timing),
      evidence: first.evidence,
    }
    return undefined
  },
  mutants: {
    'cold-first': {
      wrap<C extends Call>(handler: Handler<C>): Handler<C> {
        let isCold = true
        return async (request, call) => {
          if (isCold) await pause(1_600)
          isCold = false
          return handler(request, call)
        }
      },
    },
  },
  echoes: ['latency/first-content'],
})
