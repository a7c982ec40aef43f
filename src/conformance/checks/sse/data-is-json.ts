import { DONE } from '../../../protocol/index.ts'
import { defineCheck } from '../../check.ts'
import { editData } from '../../mutate/index.ts'
import { OPENAI_CHUNK } from '../../sources.ts'
import { tally } from '../../tally.ts'

export default defineCheck({
  id: 'sse/data-is-json',
  title: 'Every payload but `[DONE]` is one JSON object',
  severity: 'error',
  since: '2026-11',
  requirement: { text: 'Each event carries one chat completion chunk object', ...OPENAI_CHUNK },
  effect: 'Clients raise a syntax error and drop the rest of the answer.',
  fix: 'Serialise every chunk with a JSON library (json.dumps, JSON.stringify), one to an event; never str() or f-strings.',
  probes: 'every-stream',
  needs: ['stream'],
  *inspect({ data }) {
    const broken = data.filter(
      ({ payload }) => payload.kind === 'not-json' || payload.kind === 'not-an-object',
    )
    for (const { first, count } of tally(broken)) {
      const { payload, event } = first
      yield {
        message: `The data of an event is ${payload.kind === 'not-json' ? 'not JSON' : 'JSON, but no object'}.`,
        count,
        expected: 'one JSON object',
        actual: payload.kind === 'not-json' ? payload.reason : event.data.slice(0, 200),
        at: event,
      }
    }
  },
  mutants: {
    'json-truncated': editContentData((data) => data.slice(0, -2)),
    'json-glued': editContentData((data) => data + data),
    'json-nan': editContentData((data) => data.replace(/"created":\d+/, '"created":NaN')),
    'json-python': editContentData((data) => data.replaceAll('"', "'").replaceAll('null', 'None')),
  },
  echoes: ['stream/empty-reply', 'tools/arguments-json', 'tools/arguments-empty'],
})

/** Edits the data of events that carry text, so that the rest of the stream stays whole. */
function editContentData(edit: (data: string) => string) {
  return editData((data) => (data !== DONE && /"content":"[^"]/.test(data) ? edit(data) : data))
}
