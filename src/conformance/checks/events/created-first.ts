import { defineCheck } from '../../check/define-check.ts'
import { OPENAI_NODE_RESPONSES } from '../../check/sources.ts'
import { dropEach, editEvents, renumbered } from '../../faults/index.ts'

const MAY_BE_FIRST = /^(?:error|response\.(?:created|queued))$/

export default defineCheck({
  id: 'events/created-first',
  title: 'A stream begins with response.created',
  severity: 'warning',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'The helper throws unless the first event is response.created',
    ...OPENAI_NODE_RESPONSES,
  },
  effect:
    'The stream helpers of the OpenAI SDKs throw; clients that read events one by one do not.',
  fix: 'Send response.created, with the response as it is then, before anything else.',
  probes: 'every-stream',
  needs: ['beginning'],
  *inspect(evidence) {
    const first = evidence.responses.events.find(({ type }) => type !== 'keepalive')
    if (!first || MAY_BE_FIRST.test(first.type)) return
    yield {
      message: `The first event is of type ${first.type}.`,
      expected: 'response.created',
      actual: first.type,
      at: first.event,
      path: '/type',
    }
  },
  mutants: {
    'created-absent': dropEach(/^response\.created$/),
    'created-late': editEvents((events) =>
      renumbered([events[1], events[0], ...events.slice(2)].filter(Boolean)),
    ),
  },
})
