import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showJson } from '../../observe/show-json.ts'
import { OPEN_RESPONSES } from '../../check/sources.ts'
import type { ResponsesEvent } from '../../evidence/responses-evidence.ts'
import { editEvents, renumbered } from '../../faults/index.ts'
import { DELTA } from './event-families.ts'

const CLOSES_TEXT = /^(response\.(?:output_text|refusal|function_call_arguments))\.done$/

export default defineCheck({
  id: 'events/after-item-done',
  title: 'Nothing is added to an item, or to a part of it, that was closed',
  severity: 'error',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'Once an item is in a terminal state, it gets no further updates',
    ...OPEN_RESPONSES,
  },
  effect: 'Clients that take an item when it is closed lose what follows: the end of a sentence.',
  fix: 'Close parts and items when the last of their deltas was sent.',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect(evidence) {
    yield* onceFor(late(evidence.responses.events), ({ event, type, closedBy }) => ({
      message: `An event of type ${type} came after the ${closedBy} of what it adds to.`,
      expected: `all deltas before ${closedBy}`,
      at: event,
    }))
  },
  mutants: {
    'delta-after-item-done': editEvents((events) => {
      const delta = events.findLastIndex(({ type }) => DELTA.test(type))
      const done = events.findIndex(
        ({ type }, i) => i > delta && type === 'response.output_item.done',
      )
      return delta < 0 || done < 0
        ? events
        : renumbered(events.toSpliced(done + 1, 0, events[delta]).toSpliced(delta, 1))
    }),
  },
})

/** What closed an item, and its texts: by what would add to each. */
interface Closed {
  item?: string
  readonly texts: Map<string, string>
}

function* late(events: readonly ResponsesEvent[]) {
  const closed = new Map<number, Closed>()
  for (const { event, type, json } of events) {
    const { output_index: index, content_index: part = 0 } = json
    if (typeof index !== 'number') continue
    const known: Closed = closed.get(index) ?? { texts: new Map() }
    closed.set(index, known)
    const [, stem] = CLOSES_TEXT.exec(type) ?? []
    if (stem !== undefined) known.texts.set(`${stem}.delta ${showJson(part)}`, type)
    else if (type === 'response.output_item.done') known.item = type
    // Another one takes the place of what was announced before.
    else if (type === 'response.output_item.added') closed.delete(index)
    else if (DELTA.test(type)) {
      const closedBy = known.item ?? known.texts.get(`${type} ${showJson(part)}`)
      if (closedBy !== undefined) yield { event, type, closedBy }
    }
  }
}
