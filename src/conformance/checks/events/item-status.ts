import type { OutputItem } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showJson } from '../../observe/show-json.ts'
import { AI_SDK } from '../../check/sources.ts'
import { editEach } from '../../faults/index.ts'
import { OF_ITEM } from './event-families.ts'

export default defineCheck({
  id: 'events/item-status',
  title:
    'An item is in progress when it is announced, and completed or incomplete when it is closed',
  severity: 'error',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'A function_call in response.output_item.done must have a status',
    ...AI_SDK,
  },
  effect: 'The AI SDK drops a call that is closed without a status: it is never made.',
  fix: 'Write `"status": "in_progress"` into items that begin, and `"completed"` into those that end; `"incomplete"` into one that is cut.',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect(evidence) {
    const odd = evidence.responses.items.flatMap(({ added, done }) => [
      oddStatus(added, 'announced', ['in_progress']),
      oddStatus(done, 'closed', ['completed', 'incomplete']),
    ])
    const told = odd.filter((each) => each !== undefined)
    for (const severity of ['error', 'warning'] as const) {
      const alike = told.filter(({ isGrave }) => isGrave === (severity === 'error'))
      yield* onceFor(alike, ({ event, item, type, how, expected }) => ({
        message: `The status of a ${type} that is ${how} is ${showJson(item['status'])}.`,
        expected,
        actual: showJson(item['status']),
        ...evidence.where({ event, path: '/item' }),
        severity,
      }))
    }
  },
  mutants: {
    'item-no-status': editEach(OF_ITEM, ({ item }) => delete item.status),
    'item-done-in-progress': editEach(/\.output_item\.done$/, ({ item }) => {
      item.status = 'in_progress'
    }),
  },
})

function oddStatus(told: OutputItem['done'], how: string, statuses: readonly string[]) {
  if (!told) return undefined
  const { type, status } = told.item
  // Others need none: reasoning has none at OpenAI.
  if (type !== 'message' && type !== 'function_call') return undefined
  if (statuses.some((each) => each === status)) return undefined
  const isGrave = how === 'closed' && type === 'function_call' && typeof status !== 'string'
  return { ...told, type, how, expected: statuses.join(' or '), isGrave }
}
