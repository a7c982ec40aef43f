import { playOut } from '../../../speech/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { issue } from '../../check/sources.ts'
import { showClock } from '../../observe/show-clock.ts'
import { onlyFor, PLAIN_STORY, sayFirst, setTimes } from '../../faults/index.ts'
import { TIMED_PROBES } from '../../probe-ids.ts'

const opensShort = sayFirst('Well', '.', ' ')
const tenTokensPerSecond = setTimes((i) => Math.min(i, 20) * 100 + i * 10)

export default defineCheck({
  id: 'latency/speech-underrun',
  title: 'The voice never waits for text in the middle of a reply',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: 'Text has to come faster than it is spoken; 15 characters per second, and a wait of at most 300 ms between sentences, are our proposals',
    source: 'Pipecat, issue 5804',
    url: issue('pipecat-ai/pipecat', 5804),
    seenIn: issue('livekit/agents', 3798),
  },
  effect: 'The caller hears a pause after a sentence, and takes it for the end of the turn.',
  fix: 'Use a faster model or server, or shorter sentences; look for what slows down after the first tokens.',
  probes: TIMED_PROBES,
  needs: ['exchange', 'content'],
  *inspect(evidence, { speakingRate, underrunMs }) {
    const { silences } = playOut(evidence.units, { charactersPerSecond: speakingRate })
    const long = silences.filter(({ durationMs }) => durationMs > underrunMs)
    const longestMs = long.reduce((most, { durationMs }) => Math.max(most, durationMs), 0)
    if (long.length === 0) return
    yield {
      message: `At ${speakingRate} characters per second the voice runs dry, for ${Math.round(longestMs)} ms at worst.`,
      expected: `at most ${underrunMs} ms`,
      actual: showClock(evidence.timing),
      count: long.length,
    }
  },
  mutants: {
    'slow-tokens': onlyFor(PLAIN_STORY, (reply, request) =>
      tenTokensPerSecond(opensShort(reply, request), request),
    ),
  },
})
