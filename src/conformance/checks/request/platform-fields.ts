import { defineCheck } from '../../check/define-check.ts'
import { refuseWhen } from '../../faults/index.ts'
import { ECHOES_OF_REFUSAL } from './echoes-of-refusal.ts'
import { observeRefusals } from './observe-refusals.ts'
import { member, type RequestFeature } from './request-feature.ts'

export const call: RequestFeature = member('call')

export const phoneNumber: RequestFeature = member('phoneNumber')

export const customer: RequestFeature = member('customer')

export const metadata: RequestFeature = member('metadata')

export default defineCheck({
  id: 'request/platform-fields',
  title: '`call`, `phoneNumber`, `customer` and `metadata` are accepted',
  severity: 'error',
  since: '2026-11',
  dialect: 'chat',
  optIn: '--profile vapi',
  requirement: {
    text: 'Unless `metadataSendMode` is off, the platform tells of the call in every request',
    source: 'Vapi API reference, CustomLLMModel',
    url: 'https://docs.vapi.ai/api-reference/assistants/create',
  },
  effect: 'Every turn is refused, and the call ends.',
  fix: 'Ignore members you do not know, and remove these before you pass the request on.',
  probes: 'every-stream',
  needs: ['exchange', 'request'],
  compare: (evidence) => observeRefusals(evidence, call, phoneNumber, customer, metadata),
  mutants: {
    'reject-call': refuseWhen(
      (request) => 'call' in request,
      'Unrecognized request argument supplied: call',
    ),
  },
  echoes: ECHOES_OF_REFUSAL,
})
