import { defineCheck } from '../../check/define-check.ts'
import { skip } from '../../check/gap.ts'
import { issue } from '../../check/sources.ts'
import { showClock } from '../../observe/show-clock.ts'
import { onlyFor, PLAIN_STORY, setTimes } from '../../faults/index.ts'
import { TIMED_PROBES } from '../../probe-ids.ts'

export default defineCheck({
  id: 'latency/first-sentence',
  title: 'The first sentence is soon whole',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'A voice begins when it knows that a sentence has ended; 2.5 s (warning) and 5 s (error) are our proposals, drawn from waits of 3.5 to 8.9 s after which callers hung up',
    source: 'Pipecat, issue 5804',
    url: issue('pipecat-ai/pipecat', 5804),
    seenIn: issue('pipecat-ai/pipecat', 5842),
  },
  effect: 'Tokens flow, yet the caller hears nothing: the voice waits for the end of a sentence.',
  fix: 'Have the model open with a short sentence ("Sure."), and send punctuation together with the space after it.',
  probes: TIMED_PROBES,
  needs: ['exchange', 'content', 'whole'],
  *inspect({ timing }, limits) {
    const { firstContentMs = 0, firstSentenceMs } = timing
    if (firstSentenceMs === undefined) return skip('the text has no words')
    const isLate = firstSentenceMs >= limits.lateSentenceMs
    const limitMs = isLate ? limits.lateSentenceMs : limits.firstSentenceMs
    if (firstSentenceMs <= limitMs && !isLate) return undefined
    if (firstContentMs > limitMs) return skip('already the first content was that late')
    yield {
      message: `The first sentence was whole after ${Math.round(firstSentenceMs)} ms, although text had begun to come after ${Math.round(firstContentMs)} ms.`,
      expected: `at most ${limits.firstSentenceMs} ms`,
      actual: showClock(timing),
      severity: isLate ? 'error' : 'warning',
    }
    return undefined
  },
  mutants: {
    dribble: onlyFor(
      PLAIN_STORY,
      setTimes((i) => Math.min(i, 18) * 160 + i * 10),
    ),
  },
})
