import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showJson } from '../../observe/show-json.ts'
import { PIPECAT_RESPONSES } from '../../check/sources.ts'
import { editEach } from '../../faults/index.ts'

export default defineCheck({
  id: 'events/item-id-unique',
  title: 'No two items of a reply have the same id',
  severity: 'error',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'Calls are kept by the id of their item; a second one takes the place of the first',
    ...PIPECAT_RESPONSES,
  },
  effect: 'Of two calls, one is never made; the stream helper of openai-node throws.',
  fix: 'Make the id of each item anew.',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect(evidence) {
    const seen = new Set<unknown>()
    const again = evidence.responses.items.flatMap(({ added }) => {
      const id = added?.item['id']
      if (!added || typeof id !== 'string') return []
      const isKnown = seen.has(id)
      seen.add(id)
      return isKnown ? { id, event: added.event } : []
    })
    yield* onceFor(again, ({ id, event }) => ({
      message: `Two items have the id ${showJson(id)}.`,
      expected: 'an id of its own for each item',
      actual: id,
      ...evidence.where({ event, path: '/item/id' }),
    }))
  },
  mutants: {
    'item-id-constant': editEach(/./, (event) => {
      if ('item_id' in event) event.item_id = 'item_1'
      for (const item of [event.item, ...(event.response?.output ?? [])]) {
        if (item) item.id = 'item_1'
      }
    }),
  },
})
