import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { issue, RESPONSES_EVENTS } from '../../check/sources.ts'
import { editEach } from '../../faults/index.ts'

export default defineCheck({
  id: 'events/sequence-order',
  title: 'The `sequence_number` grows by one from event to event',
  severity: 'warning',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'Events are numbered, so that a stream can be taken up again after one of them',
    ...RESPONSES_EVENTS,
    seenIn: issue('BerriAI/litellm', 28_899),
  },
  effect: 'Clients that take a stream up again lose events, or get some twice.',
  fix: 'Count the events of a response in one place, where they are written.',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect(evidence) {
    const numbered = evidence.responses.events.flatMap(({ event, json }) => {
      const { sequence_number: number } = json
      return Number.isInteger(number) ? { event, number: number as number } : []
    })
    const breaks = numbered.flatMap((each, i) => {
      const before = numbered[i - 1]
      return before && each.number !== before.number + 1 ? { ...each, before: before.number } : []
    })
    yield* onceFor(breaks, ({ event, number, before }) => ({
      message: `The sequence_number after ${before} is ${number}.`,
      expected: `${before + 1}`,
      actual: `${number}`,
      at: event,
      path: '/sequence_number',
    }))
  },
  mutants: {
    'seq-constant': editEach(/./, (event) => (event.sequence_number = 1)),
    'seq-gap': editEach(/./, (event, i) => (event.sequence_number = i < 4 ? i : i + 1)),
    'seq-restart': editEach(/./, (event, i) => (event.sequence_number = i % 4)),
  },
})
