import { isIndex } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showJson } from '../../observe/show-json.ts'
import { issue, RESPONSES_EVENTS } from '../../check/sources.ts'
import { editEach } from '../../faults/index.ts'
import { OF_ITEM, WITHIN_ITEM } from './event-families.ts'

export default defineCheck({
  id: 'events/output-index-missing',
  title: 'Events of an item say by `output_index` which one it is',
  severity: 'error',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'The index of the output item',
    ...RESPONSES_EVENTS,
    seenIn: issue('lemonade-sdk/lemonade', 3607),
  },
  effect:
    'The stream helpers of the OpenAI SDKs throw, and the AI SDK drops the item: a call that is never made.',
  fix: 'Number the items of a response from 0, reasoning and calls included, and put that number into each of their events.',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect(evidence) {
    const unplaced = evidence.responses.events.filter(
      ({ type, json }) =>
        (OF_ITEM.test(type) || WITHIN_ITEM.test(type)) && !isIndex(json['output_index']),
    )
    yield* onceFor(unplaced, ({ event, type, json: { output_index: index } }) => ({
      message:
        index === undefined
          ? `An event of type ${type} has no output_index.`
          : `The output_index of an event of type ${type} is ${showJson(index)}.`,
      expected: 'a whole number, from 0',
      ...(index !== undefined && { actual: showJson(index) }),
      at: event,
    }))
  },
  mutants: {
    'output-index-absent': editEach(/./, (event) => delete event.output_index),
  },
  echoes: ['tools/index-missing', 'tools/index-gap', 'tools/index-shared'],
})
