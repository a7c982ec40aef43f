import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { issue, LIVEKIT_RESPONSES } from '../../check/sources.ts'
import { dropEach } from '../../faults/index.ts'

export default defineCheck({
  id: 'events/item-done-missing',
  title: 'Every item that is announced is closed by response.output_item.done',
  severity: 'error',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'Calls are taken from response.output_item.done alone',
    ...LIVEKIT_RESPONSES,
    seenIn: issue('router-for-me/CLIProxyAPI', 4860),
  },
  effect: 'LiveKit, Codex and the AI SDK never make a call that is not closed.',
  fix: 'Send response.output_item.done, with the whole item, for each item before the response ends.',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect(evidence) {
    const { items, terminals } = evidence.responses
    const [end] = terminals
    // What broke off closes nothing.
    if (!end || end.type === 'response.failed') return
    const open = items.filter(({ added, done }) => added && !done)
    for (const severity of ['error', 'warning'] as const) {
      const alike = open.filter(({ call }) => (call !== undefined) === (severity === 'error'))
      yield* onceFor(alike, ({ opening, type = 'item' }) => ({
        message: `A ${type} is never closed.`,
        expected: 'response.output_item.done with the whole item',
        ...evidence.where(opening),
        severity,
      }))
    }
  },
  mutants: {
    'item-done-absent': dropEach(/^response\.output_item\.done$/),
  },
})
