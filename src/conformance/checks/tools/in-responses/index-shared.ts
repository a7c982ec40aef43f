import { defineCheck } from '../../../check/define-check.ts'
import { issue, RESPONSES_EVENTS } from '../../../check/sources.ts'
import { editEach } from '../../../faults/index.ts'
import { onceFor } from '../../../observe/once-for.ts'

export default defineCheck({
  id: 'tools/index-shared',
  title: 'Two items never share an `output_index`',
  severity: 'error',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'output_index: the index of the output item that the event is about',
    ...RESPONSES_EVENTS,
    seenIn: issue('ollama/ollama', 15_457),
  },
  effect:
    "openai-node's stream helper throws; clients that join by the index put the arguments of both calls together.",
  fix: 'Number all items of a response from 0, reasoning and messages included: 0 for the first, 1 for the second, ...',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect(evidence) {
    const seen = new Set<number>()
    const shared = evidence.responses.items.flatMap(({ outputIndex: index, added }) => {
      if (index === undefined || !added) return []
      const isTaken = seen.has(index)
      seen.add(index)
      return isTaken ? { index, event: added.event } : []
    })
    yield* onceFor(shared, ({ index, event }) => ({
      message: `Two items have the output_index ${index}.`,
      expected: 'a different output_index for each item',
      actual: `${index}`,
      ...evidence.where({ event, path: '/output_index' }),
    }))
  },
  mutants: {
    'tool-index-all-zero': editEach(/./, (event) => {
      if ('output_index' in event) event.output_index = 0
    }),
  },
  echoes: [
    'events/item-done-missing',
    'stream/completed-output',
    'tools/arguments-json',
    'tools/arguments-match-done',
  ],
})
