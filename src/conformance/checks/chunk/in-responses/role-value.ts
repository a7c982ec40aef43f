import { defineCheck } from '../../../check/define-check.ts'
import { RESPONSES_EVENTS } from '../../../check/sources.ts'
import { editItems } from '../../../faults/index.ts'
import { onceFor } from '../../../observe/once-for.ts'
import { showJson } from '../../../observe/show-json.ts'

export default defineCheck({
  id: 'chunk/role-value',
  title: 'The role of a message is `assistant`',
  severity: 'error',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'The role of the output message. Always assistant',
    ...RESPONSES_EVENTS,
  },
  effect:
    'Clients that validate events reject the message, or put it into the history as words of the caller.',
  fix: 'Write "role": "assistant" into each item of type message.',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect(evidence) {
    const wrong = evidence.responses.items.flatMap(({ added, done }) =>
      [added, done].flatMap((told) => {
        const { type, role = null } = told?.item ?? {}
        const isOther = type === 'message' && role !== null && role !== 'assistant'
        return told && isOther ? { event: told.event, role } : []
      }),
    )
    yield* onceFor(wrong, ({ event, role }) => ({
      message: `The role of a message is ${showJson(role)}.`,
      expected: '"assistant"',
      actual: showJson(role),
      ...evidence.where({ event, path: '/item/role' }),
      severity: role === '' ? 'warning' : 'error',
    }))
  },
  mutants: {
    'role-ai': editItems(/^message$/, (item) => (item.role = 'ai')),
    'role-empty': editItems(/^message$/, (item) => (item.role = '')),
  },
})
