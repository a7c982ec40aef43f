import { readPayload } from '../../../protocol/index.ts'
import type { SseEvent } from '../../../wire/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { showEnd } from '../../observe/show-end.ts'
import { issue, WHATWG_SSE } from '../../check/sources.ts'
import { tornEvent } from '../../observe/torn-event.ts'
import { endingLength } from '../../observe/ending-length.ts'
import { editBody } from '../../faults/index.ts'

/** What fails for want of the last event: the others are judged as they are. */
const LOST_WITH_THE_LAST = [
  'sse/done',
  'stream/no-chunks',
  'stream/cut-off',
  'stream/empty-reply',
  'stream/finish-reason-missing',
  'stream/include-usage',
]

export default defineCheck({
  id: 'sse/event-terminated',
  title: 'Every event, including the last, ends with a blank line',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'A blank line dispatches an event; an event that is incomplete at the end of the stream is discarded',
    ...WHATWG_SSE,
    seenIn: issue('microsoft/vscode', 330_547),
  },
  effect:
    'Clients drop an unterminated last event, and merge events that only one newline separates.',
  fix: 'Write two newlines after every event: f"data: {json}\\n\\n", also after [DONE].',
  probes: 'every-stream',
  needs: ['whole'],
  signs: ['odd-event'],
  *inspect(evidence) {
    const { stream } = evidence
    const merged = stream.events.find(isMerged)
    if (merged) {
      yield {
        message: `${merged.dataLines} payloads were merged into one event: no blank line separates them.`,
        expected: 'a blank line after each "data:" line',
        at: merged,
      }
    }
    const rest = stream.facts.find((fact) => fact.kind === 'unterminated')
    // What stops in the middle of an event was cut off.
    if (rest && rest.dataLines > 0 && !tornEvent(evidence)) {
      const length = endingLength(evidence)
      const where = length === undefined ? '' : ` within the ${length} bytes of Content-Length`
      yield {
        message: `The last event is not followed by a blank line${where}, so clients discard it.`,
        expected: 'two newlines at the very end',
        actual: showEnd(rest.text),
        at: rest,
        echoes: LOST_WITH_THE_LAST,
      }
    }
  },
  mutants: {
    'no-final-blank': editBody((body) => body.trimEnd()),
    'single-newline': editBody((body) => body.replaceAll('\n\n', '\n')),
  },
  echoes: [...LOST_WITH_THE_LAST, 'sse/data-is-json', 'sse/multi-line-data', 'chunk/role-sent'],
})

/** To parse the other lines would take longest, since it throws. */
const MAY_BE_PAYLOAD = /^\s*[{[]/

/** Tells several payloads, each on its line, from one that was pretty-printed over many. */
function isMerged({ data, dataLines }: SseEvent): boolean {
  if (dataLines < 2) return false
  const lines = data.split('\n').filter((line) => MAY_BE_PAYLOAD.test(line))
  const kinds = lines.map((line) => readPayload(line).kind)
  return kinds.filter((kind) => kind === 'chunk' || kind === 'done').length > 1
}
