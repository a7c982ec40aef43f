import { isJsonObject, isTerminalType } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { LIVEKIT_RESPONSES } from '../../check/sources.ts'
import type { ResponsesEvent } from '../../evidence/responses-evidence.ts'
import { type Draft, editEvents, renumbered } from '../../faults/index.ts'
import { DELTA } from './event-families.ts'

export default defineCheck({
  id: 'events/after-terminal',
  title: 'Nothing follows response.completed, incomplete or failed',
  severity: 'error',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'response.completed ends the reading of the stream',
    ...LIVEKIT_RESPONSES,
  },
  effect: 'Some clients stop there, and lose what follows; others speak it all the same.',
  fix: 'Send response.completed when all items are closed, and end the stream with it.',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect(evidence) {
    const { events, terminals } = evidence.responses
    const end = terminals[0]?.event ?? Infinity
    const late = events.filter(({ event, type }) => event.index > end && !isTerminalType(type))
    for (const severity of ['error', 'warning'] as const) {
      const alike = late.filter((each) => hasContent(each) === (severity === 'error'))
      yield* onceFor(alike, ({ event, type }) => ({
        message: `An event of type ${type} came after ${terminals[0]!.type}.`,
        expected: 'the end of the stream',
        at: event,
        severity,
      }))
    }
  },
  mutants: {
    'text-after-completed': moveAfterEnd(({ type }) => type === 'response.output_text.delta'),
    'item-after-completed': moveAfterEnd(({ type }) => type === 'response.output_item.done'),
  },
  echoes: [
    'events/after-item-done',
    'events/item-done-missing',
    'sse/event-after-done',
    'stream/text-matches-done',
    'stream/text-without-delta',
  ],
})

function hasContent({ type, json: { item } }: ResponsesEvent): boolean {
  return DELTA.test(type) || (isJsonObject(item) && item['type'] === 'function_call')
}

function moveAfterEnd(isMeant: (event: Draft) => boolean) {
  return editEvents((events) => {
    const at = events.findLastIndex(isMeant)
    return at < 0 ? events : renumbered([...events.toSpliced(at, 1), events[at]])
  })
}
