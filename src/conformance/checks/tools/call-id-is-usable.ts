import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { issue, RESPONSES_REQUEST } from '../../check/sources.ts'
import { editEach } from '../../faults/index.ts'

const MOST = 64

export default defineCheck({
  id: 'tools/call-id-is-usable',
  title: 'A call_id has at most 64 characters',
  severity: 'warning',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'call_id: 1 to 64 characters',
    ...RESPONSES_REQUEST,
    seenIn: issue('router-for-me/CLIProxyAPI', 5692),
  },
  effect:
    'The result of the tool is refused where the id is sent back: the turn after the call fails.',
  fix: 'Make ids of your own, such as `call_` and 24 characters, and keep what they stand for.',
  probes: 'every-stream',
  needs: ['tool-calls'],
  *inspect(evidence) {
    const long = evidence.calls.filter(({ id = '' }) => id.length > MOST)
    yield* onceFor(long, ({ id = '', opening }) => ({
      message: `A call_id has ${id.length} characters.`,
      expected: `at most ${MOST}`,
      actual: id,
      ...evidence.where(opening),
    }))
  },
  mutants: {
    'call-id-too-long': editEach(/./, (event) => {
      for (const item of [event.item, ...(event.response?.output ?? [])]) {
        if (item?.call_id) item.call_id = item.call_id.padEnd(MOST + 1, 'x')
      }
    }),
  },
})
