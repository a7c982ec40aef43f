import { defineCheck } from '../../../check/define-check.ts'
import { RESPONSES_EVENTS } from '../../../check/sources.ts'
import { editEach } from '../../../faults/index.ts'
import { onceFor } from '../../../observe/once-for.ts'
import { showJson } from '../../../observe/show-json.ts'

export default defineCheck({
  id: 'tools/id-changes',
  title: 'The `call_id` of a call does not change',
  severity: 'error',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'call_id: the ID of the call, which its result names',
    ...RESPONSES_EVENTS,
  },
  effect: 'Clients take one id or the other; the result cannot be matched to the call.',
  fix: 'Create the call_id once for each call, and send the same one in output_item.added, in output_item.done and in the output of the response.',
  probes: 'every-stream',
  needs: ['tool-calls'],
  *inspect(evidence) {
    const changed = evidence.responses.items.flatMap(({ call, added, done }) => {
      const [before, after] = [added?.item['call_id'], done?.item['call_id']]
      const isOther = typeof before === 'string' && typeof after === 'string' && before !== after
      return call && done && isOther ? { before, after, event: done.event } : []
    })
    yield* onceFor(changed, ({ before, after, event }) => ({
      message: `The call_id of a call changed from ${showJson(before)}.`,
      expected: showJson(before),
      actual: showJson(after),
      ...evidence.where({ event, path: '/item/call_id' }),
    }))
  },
  mutants: {
    'tool-id-changes-at-done': editEach(/^response\.output_item\.done$/, ({ item }) => {
      if (item.call_id) item.call_id += '-done'
    }),
  },
})
