import { defineCheck } from '../../../check/define-check.ts'
import { RESPONSES_EVENTS } from '../../../check/sources.ts'
import { editEvents } from '../../../faults/index.ts'
import { showJson } from '../../../observe/show-json.ts'

export default defineCheck({
  id: 'chunk/id-stable',
  title: 'All events tell of one response: it has one `id` and one `model`',
  severity: 'info',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'The response of created, in_progress and the last event is the same, as it comes to be',
    ...RESPONSES_EVENTS,
  },
  effect:
    "openai-node's stream helper throws where the id changes; the next turn may name a response by an id that nobody kept.",
  fix: 'Create the id once per response, outside the loop that writes events; answer with one model from start to end.',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect(evidence) {
    const { responses } = evidence.responses
    for (const member of ['id', 'model'] as const) {
      const told = responses.flatMap(({ event, response }) => {
        const name = response?.[member]
        return typeof name === 'string' && name !== '' ? { event, name } : []
      })
      const names = [...new Set(told.map(({ name }) => name))]
      const other = told.find(({ name }) => name !== names[0])
      if (!other) continue
      yield {
        message: `The response has ${names.length} different ${member}s.`,
        expected: showJson(names[0]),
        actual: showJson(other.name),
        ...evidence.where({ event: other.event, path: `/response/${member}` }),
      }
    }
  },
  mutants: {
    'id-per-event': editEvents((events) => {
      for (const [i, { response }] of events.entries()) if (response) response.id += `-${i}`
      return events
    }),
    'model-changes': editEvents((events) => {
      const last = events.at(-1)
      if (last?.response) last.response.model += '-fallback'
      return events
    }),
  },
})
