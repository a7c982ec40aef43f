import { defineCheck } from '../../../check/define-check.ts'
import { issue, RESPONSES_EVENTS } from '../../../check/sources.ts'
import type { Evidence } from '../../../evidence/evidence.ts'
import { editBody, editFrames } from '../../../faults/index.ts'
import { endingLength, FIX_LENGTH } from '../../../observe/ending-length.ts'
import { seemsWhole } from '../../../observe/seems-whole.ts'
import { showEnd } from '../../../observe/show-end.ts'
import { tornEvent } from '../../../observe/torn-event.ts'

export default defineCheck({
  id: 'stream/cut-off',
  title: 'The stream does not break off in the middle of a response',
  severity: 'error',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'A response ends with response.completed, response.incomplete or response.failed',
    ...RESPONSES_EVENTS,
    seenIn: issue('moeru-ai/airi', 2593),
  },
  effect: 'The agent stops in mid-sentence, and no client can tell that the reply was incomplete.',
  fix: 'Look for an exception or a timeout in your generator: it ended cleanly, but too early. Send response.failed when that happens, and end whole responses with response.completed.',
  probes: 'every-stream',
  needs: ['whole', 'chunks'],
  *inspect(evidence) {
    const torn = tornEvent(evidence)
    if (!torn && (saysHowItEnds(evidence) || seemsOver(evidence))) return
    const length = endingLength(evidence)
    const last = torn ?? evidence.stream.events.at(-1)
    yield {
      message: [
        'The stream ended ',
        torn ? 'in the middle of an event' : 'in the middle of a response',
        length === undefined ? '.' : `, after the ${length} bytes that Content-Length announces.`,
      ].join(''),
      expected: 'response.completed, response.incomplete or response.failed',
      ...(torn && { actual: showEnd(torn.text) }),
      ...(length !== undefined && { fix: FIX_LENGTH }),
      ...(last && { at: last }),
    }
  },
  mutants: {
    'eof-mid-sentence': editFrames((frames) => frames.slice(0, Math.ceil(frames.length / 2))),
    'eof-mid-event': editBody((body) => body.slice(0, body.length * 0.6)),
  },
  echoes: [
    'events/item-done-missing',
    'events/part-done-missing',
    'sse/done',
    'sse/unknown-field',
    'stream/terminal-missing',
    'tools/arguments-json',
    'tools/arguments-empty',
  ],
})

/** With an error, it did not just break off; nor with a terminator that is misspelled. */
function saysHowItEnds({ done, reading, data }: Evidence): boolean {
  return (
    done !== undefined ||
    reading.pieces.some(({ kind }) => kind === 'error') ||
    data.some(({ payload }) => payload.kind === 'almost-done')
  )
}

/** Some never say that a response is over: that is for another check to say, where no item is left open. */
function seemsOver(evidence: Evidence): boolean {
  const { items } = evidence.responses
  if (items.length > 0 && items.every(({ done }) => done)) return true
  return items.every(({ added, done }) => !added || done) && seemsWhole(evidence)
}
