import { defineCheck } from '../../check/define-check.ts'
import { RESPONSES_EVENTS } from '../../check/sources.ts'
import { dropEach } from '../../faults/index.ts'

export default defineCheck({
  id: 'events/in-progress',
  title: 'response.in_progress follows response.created',
  severity: 'info',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'Emitted when the response is in progress',
    ...RESPONSES_EVENTS,
  },
  effect: 'None of the clients known minds.',
  fix: 'Send response.in_progress after response.created, with the same response.',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect(evidence) {
    const { events, items } = evidence.responses
    const created = events.find(({ type }) => type === 'response.created')
    if (!created || items.length === 0) return
    if (events.some(({ type }) => type === 'response.in_progress')) return
    yield {
      message: 'No response.in_progress follows response.created.',
      expected: 'response.in_progress before the first item',
      at: created.event,
    }
  },
  mutants: {
    'in-progress-absent': dropEach(/^response\.in_progress$/),
  },
})
