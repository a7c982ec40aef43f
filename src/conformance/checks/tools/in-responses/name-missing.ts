import { defineCheck } from '../../../check/define-check.ts'
import { RESPONSES_EVENTS } from '../../../check/sources.ts'
import { editItems } from '../../../faults/index.ts'
import { onceFor } from '../../../observe/once-for.ts'
import { toldCalls } from './told-calls.ts'

export default defineCheck({
  id: 'tools/name-missing',
  title: 'Every call names its function, from the first event on',
  severity: 'error',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'name: the name of the function to run',
    ...RESPONSES_EVENTS,
  },
  effect: 'Clients that validate events lose the call; nothing can be called.',
  fix: 'Put the name into the item of output_item.added and of output_item.done.',
  probes: 'every-stream',
  needs: ['tool-calls'],
  *inspect(evidence) {
    const lacking = toldCalls(evidence).filter(
      ({ item: { name } }) => typeof name !== 'string' || name === '',
    )
    yield* onceFor(lacking, ({ event }) => ({
      message: 'A call has no name.',
      expected: 'a non-empty name on each item of type function_call',
      ...evidence.where({ event, path: '/item' }),
    }))
  },
  mutants: {
    'tool-no-name': editItems(/^function_call$/, (item) => delete item.name),
  },
})
