import { defineCheck } from '../../check/define-check.ts'
import { skip } from '../../check/gap.ts'
import { ELEVENLABS, issue } from '../../check/sources.ts'
import { refuseWhen } from '../../faults/index.ts'
import { observeRefusals } from '../../features/observe-refusals.ts'
import { refusedFor } from '../../features/refused-for.ts'
import { REQUEST_FEATURES } from '../../features/request-features.ts'

const TOO_LONG_FOR_THE_MODEL = /context|too many tokens|maximum.*tokens|prompt is too long/i

export default defineCheck({
  id: 'request/large-body',
  title: 'A history of 150 kB is accepted',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'Every turn carries the whole history, the system prompt and all tools',
    ...ELEVENLABS,
    seenIn: issue('lutzleonhardt/copilot-proxy', 4),
  },
  effect: 'Long calls break off, at the same length every time.',
  fix: 'Raise the body limit of your framework (Express allows 100 kB unless told otherwise) to some megabytes.',
  probes: 'every-stream',
  needs: ['exchange', 'request'],
  *compare(evidence) {
    const refused = refusedFor('large', evidence)
    const words = refused.map(({ errorText, opening }) => errorText ?? opening)
    if (words.length > 0 && words.every((each) => TOO_LONG_FOR_THE_MODEL.test(each)))
      return skip("a history of 150 kB exceeds the model's context")
    return yield* observeRefusals(evidence, 'large')
  },
  mutants: {
    'body-limit-100k': refuseWhen(REQUEST_FEATURES.large.isIn, 'request entity too large', 413),
  },
  echoes: ['transport/status-ok', 'transport/content-type'],
})
