import { defineCheck } from '../../check/define-check.ts'
import { ELEVENLABS, issue } from '../../check/sources.ts'
import { refuseWhen } from '../../faults/index.ts'
import { ECHOES_OF_REFUSAL } from './echoes-of-refusal.ts'
import { observeRefusals } from './observe-refusals.ts'
import { member, type RequestFeature } from './request-feature.ts'

export const extraBody: RequestFeature = member('elevenlabs_extra_body')

export const userId: RequestFeature = member('user_id')

export default defineCheck({
  id: 'request/elevenlabs-fields',
  title: '`elevenlabs_extra_body` and `user_id` are accepted',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'The platform adds `elevenlabs_extra_body`, and `user_id`, to the request',
    ...ELEVENLABS,
    seenIn: issue('NVIDIA/garak', 748),
  },
  effect: 'Every turn is refused, and the call ends.',
  fix: 'Ignore members you do not know, and remove these two before you pass the request on.',
  probes: 'every-stream',
  needs: ['exchange', 'request'],
  compare: (evidence) => observeRefusals(evidence, extraBody, userId),
  mutants: {
    'reject-unknown-fields': refuseWhen(
      (request) => 'elevenlabs_extra_body' in request || 'user_id' in request,
      'Extra inputs are not permitted',
      422,
    ),
  },
  echoes: ECHOES_OF_REFUSAL,
})
