import { defineCheck } from '../../check/define-check.ts'
import { ELEVENLABS, issue } from '../../check/sources.ts'
import { refuseWhen } from '../../faults/index.ts'
import { ECHOES_OF_REFUSAL } from './echoes-of-refusal.ts'
import { observeRefusals } from './observe-refusals.ts'
import { member, messagesOf, type RequestFeature } from './request-feature.ts'

export const tokenLimit: RequestFeature = {
  ...member('max_tokens'),
  isIn: ({ max_tokens: limit }) => typeof limit === 'number' && limit > 0,
}

export const temperature: RequestFeature = member('temperature')

export const systemMessage: RequestFeature = {
  name: 'a system message',
  needed: true,
  isIn: (request) => messagesOf(request).some(({ role }) => role === 'system'),
  removeFrom: (request) => ({
    ...request,
    messages: messagesOf(request).filter(({ role }) => role !== 'system'),
  }),
}

export default defineCheck({
  id: 'request/plain-fields',
  title: '`max_tokens`, `temperature` and a system message are accepted',
  severity: 'error',
  since: '2026-11',
  dialect: 'chat',
  requirement: {
    text: 'A turn has a system message, `temperature` and `max_tokens`, never `max_completion_tokens`',
    ...ELEVENLABS,
    seenIn: issue('caozhiyuan/copilot-api', 164),
  },
  effect: 'Every turn is refused, and the call ends.',
  fix: 'Pass `max_tokens` on as `max_completion_tokens` and leave `temperature` out where the model wants that; put the system message before the first user message where the model knows no such role.',
  probes: 'every-stream',
  needs: ['exchange', 'request'],
  compare: (evidence) => observeRefusals(evidence, tokenLimit, temperature, systemMessage),
  mutants: {
    'reject-max-tokens': refuseWhen(
      ({ max_tokens: limit }) => limit !== undefined,
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    ),
  },
  echoes: ECHOES_OF_REFUSAL,
})
