import { isIndex } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showJson } from '../../observe/show-json.ts'
import { issue, RESPONSES_EVENTS } from '../../check/sources.ts'
import { editEach } from '../../faults/index.ts'

export default defineCheck({
  id: 'events/sequence-missing',
  title: 'Every event has a whole number from 0 on as its `sequence_number`',
  severity: 'warning',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'The sequence number for this event',
    ...RESPONSES_EVENTS,
    seenIn: issue('BerriAI/litellm', 28_899),
  },
  effect: 'Typed clients refuse the event, and none can tell whether one was lost.',
  fix: 'Number the events of a stream: 0 for the first, 1 for the second, ...',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect(evidence) {
    const unnumbered = evidence.responses.events.filter(
      // OpenAI sends it to keep the connection alone.
      ({ type, json }) => type !== 'keepalive' && !isIndex(json['sequence_number']),
    )
    yield* onceFor(unnumbered, ({ event, type, json: { sequence_number: number } }) => ({
      message:
        number === undefined
          ? `An event of type ${type} has no sequence_number.`
          : `The sequence_number of an event of type ${type} is ${showJson(number)}.`,
      expected: 'a whole number, 0 or more',
      ...(number !== undefined && { actual: showJson(number) }),
      at: event,
    }))
  },
  mutants: {
    'seq-absent': editEach(/./, (event) => delete event.sequence_number),
    'seq-string': editEach(/./, (event) => (event.sequence_number = `${event.sequence_number}`)),
  },
})
