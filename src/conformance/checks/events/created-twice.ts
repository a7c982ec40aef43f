import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { OPENAI_NODE_RESPONSES } from '../../check/sources.ts'
import { editEvents, renumbered } from '../../faults/index.ts'

const ONCE = ['response.created', 'response.in_progress']

export default defineCheck({
  id: 'events/created-twice',
  title: 'response.created and response.in_progress come at most once',
  severity: 'warning',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'The helper takes its snapshot of the response from response.created',
    ...OPENAI_NODE_RESPONSES,
  },
  effect: 'Clients that keep a snapshot start over with it, and forget what was said before.',
  fix: 'Send both once, at the beginning, also where the model behind your endpoint is asked again.',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect(evidence) {
    const { events } = evidence.responses
    const again = ONCE.flatMap((type) => events.filter((each) => each.type === type).slice(1))
    yield* onceFor(again, ({ event, type }) => ({
      message: `${type} came again.`,
      expected: `one ${type}`,
      at: event,
    }))
  },
  mutants: {
    'created-twice': editEvents((events) =>
      renumbered(events.toSpliced(4, 0, structuredClone(events[0]))),
    ),
  },
})
