import { defineCheck } from '../../check/define-check.ts'
import { issue, LIVEKIT_RESPONSES } from '../../check/sources.ts'
import { refuseAsked } from '../../faults/index.ts'
import { itemsIn } from './asked-feature.ts'
import { ECHOES_OF_REFUSAL } from './echoes-of-refusal.ts'
import { observeRefusals } from './observe-refusals.ts'
import { toolMessages } from './tool-role.ts'

export default defineCheck({
  id: 'request/function-call-output',
  title: 'The result of a call is accepted as function_call_output, joined by `call_id`',
  severity: 'error',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'A call comes back as function_call, with its call_id and without an id; its result as function_call_output with the same call_id',
    ...LIVEKIT_RESPONSES,
    seenIn: issue('sgl-project/sglang', 13_056),
  },
  effect: 'The call ends as soon as a tool has answered.',
  fix: 'Join function_call_output to its function_call by `call_id`; the `id` of an item is another, and may be absent.',
  probes: 'every-stream',
  needs: ['exchange', 'request'],
  compare: (evidence) => observeRefusals(evidence, toolMessages),
  mutants: {
    'reject-function-call-output': refuseAsked(
      (asked) => itemsIn(asked).some(({ type }) => type === 'function_call_output'),
      "Invalid value: 'function_call_output'",
    ),
    'match-output-by-id': refuseAsked((asked) => {
      const items = itemsIn(asked)
      const ids = new Set(items.map(({ id }) => id))
      return items.some(({ type, call_id: id }) => type === 'function_call_output' && !ids.has(id))
    }, 'No tool call found for function call output'),
  },
  echoes: ECHOES_OF_REFUSAL,
})
