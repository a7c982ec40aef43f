import { defineCheck } from '../../check/define-check.ts'
import { skip } from '../../check/gap.ts'
import { ELEVENLABS } from '../../check/sources.ts'
import { refuseWhen } from '../../faults/index.ts'
import { observeRefusals } from '../../features/observe-refusals.ts'
import { refusedFor } from '../../features/refused-for.ts'
import { REQUEST_FEATURES } from '../../features/request-features.ts'

export default defineCheck({
  id: 'request/max-tokens-unlimited',
  title: '`"max_tokens": -1` is accepted, or refused by name',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: 'An agent whose replies are not limited sends `"max_tokens": -1`',
    ...ELEVENLABS,
  },
  effect: 'Every turn of an agent without a token limit is refused, and the call ends.',
  fix: 'Drop `max_tokens` when it is negative.',
  probes: 'every-stream',
  needs: ['exchange', 'request'],
  *compare(evidence) {
    const refused = refusedFor('unlimited-tokens', evidence)
    if (
      refused.length > 0 &&
      refused.every(({ errorText }) => /max_?tokens/i.test(errorText ?? ''))
    )
      return skip('the endpoint says that it does not support it: set a limit in the platform')
    return yield* observeRefusals(evidence, 'unlimited-tokens')
  },
  mutants: {
    'reject-max-tokens-minus-1': refuseWhen(
      REQUEST_FEATURES['unlimited-tokens'].isIn,
      'value must be at least 1',
    ),
  },
  echoes: ['transport/status-ok', 'transport/content-type'],
})
