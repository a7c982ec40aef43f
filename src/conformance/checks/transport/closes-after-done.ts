import { defineCheck } from '../../check.ts'
import { insertAfterDone } from '../../mutate/index.ts'
import { github } from '../../sources.ts'

const LIMIT_MS = 1_000

export default defineCheck({
  id: 'transport/closes-after-done',
  title: 'The response ends within a second of `[DONE]`',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: 'Nothing follows [DONE], so the response has no reason to stay open',
    ...github('agentscope-ai/agentscope-java', 2073),
  },
  effect:
    'Clients that wait for the end of the response hold the turn open, and connections pile up.',
  fix: 'End the response (return from the generator) right after writing [DONE].',
  probes: 'every-stream',
  needs: ['exchange', 'stream'],
  *inspect({ exchange, data, done }) {
    const { end } = exchange!
    const doneAt = data[done]?.event
    if (!doneAt || (end.how !== 'complete' && end.how !== 'held-open')) return
    const held = Math.round(end.atMs - (doneAt.atMs ?? end.atMs))
    if (held <= LIMIT_MS) return
    yield {
      message:
        end.how === 'held-open'
          ? `The response was still open ${held} ms after [DONE].`
          : `The response ended ${held} ms after [DONE].`,
      expected: `the end of the response within ${LIMIT_MS} ms`,
      at: doneAt,
    }
  },
  mutants: { 'hang-after-done': insertAfterDone({ kind: 'hang-up', atMs: 0, how: 'stall' }) },
})
