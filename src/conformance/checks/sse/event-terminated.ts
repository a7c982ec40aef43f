import { readPayload } from '../../../protocol/index.ts'
import type { SseEvent } from '../../../wire/index.ts'
import { defineCheck } from '../../check.ts'
import { editBody } from '../../mutate/index.ts'
import { WHATWG_SSE } from '../../sources.ts'

export default defineCheck({
  id: 'sse/event-terminated',
  title: 'Every event, the last included, is closed by a blank line',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'A blank line dispatches an event; one that the end of the stream leaves incomplete is discarded',
    ...WHATWG_SSE,
  },
  effect:
    'Clients drop an unclosed last event, and glue together events that only one newline parts.',
  fix: 'Write two newlines after every event: f"data: {json}\\n\\n", also after [DONE].',
  probes: 'every-stream',
  needs: ['whole'],
  *inspect({ stream }) {
    const glued = stream.events.find(isGlued)
    if (glued) {
      yield {
        message: `${glued.dataLines} payloads stand in one event: no blank line parts them.`,
        expected: 'a blank line after each "data:" line',
        at: glued,
      }
    }
    const rest = stream.facts.find((fact) => fact.kind === 'unterminated')
    if (rest && rest.dataLines > 0) {
      yield {
        message: 'The last event has no blank line after it, so clients discard it.',
        expected: 'two newlines at the very end',
        actual: JSON.stringify(rest.text.slice(-80)),
        at: rest,
      }
    }
  },
  mutants: {
    'no-final-blank': editBody((body) => body.trimEnd()),
    'single-newline': editBody((body) => body.replaceAll('\n\n', '\n')),
  },
  echoes: [
    'sse/done',
    'sse/data-is-json',
    'sse/multi-line-data',
    'stream/no-chunks',
    'stream/cut-off',
    'stream/empty-reply',
    'stream/finish-reason-missing',
    'stream/include-usage',
    'chunk/role-sent',
  ],
})

/** Tells several payloads, each on its line, from one that was pretty-printed over many. */
function isGlued({ data, dataLines }: SseEvent): boolean {
  if (dataLines < 2) return false
  const kinds = data.split('\n').map((line) => readPayload(line).kind)
  return kinds.filter((kind) => kind === 'chunk' || kind === 'done').length > 1
}
