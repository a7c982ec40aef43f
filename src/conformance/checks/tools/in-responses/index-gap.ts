import { defineCheck } from '../../../check/define-check.ts'
import { RESPONSES_EVENTS } from '../../../check/sources.ts'
import { editEach } from '../../../faults/index.ts'

export default defineCheck({
  id: 'tools/index-gap',
  title: 'Items are numbered from 0, without gaps',
  severity: 'warning',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'output_index is the place of the item in the output of the response',
    ...RESPONSES_EVENTS,
  },
  effect: "Clients build a list with holes; openai-node's stream helper throws on it.",
  fix: 'Number all items of each response from 0, reasoning and messages included.',
  probes: 'every-stream',
  needs: ['beginning'],
  *inspect(evidence) {
    const told = evidence.responses.items.flatMap(({ outputIndex: index, opening }) =>
      index === undefined ? [] : { index, opening },
    )
    const used = [...new Set(told.map(({ index }) => index))]
    const stray = told.find(({ index }) => index >= used.length)
    if (!stray) return
    yield {
      message: `The indexes of ${used.length} ${used.length === 1 ? 'item' : 'items'} are ${used.join(', ')}.`,
      expected: [...used.keys()].join(', '),
      actual: used.join(', '),
      ...evidence.where({ event: stray.opening.event, path: '/output_index' }),
    }
  },
  mutants: {
    'tool-index-from-1': editEach(/./, (event) => {
      if ('output_index' in event) event.output_index += 1
    }),
  },
})
