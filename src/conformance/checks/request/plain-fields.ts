import { defineCheck } from '../../check/define-check.ts'
import { ELEVENLABS, issue } from '../../check/sources.ts'
import { refuseWhen } from '../../faults/index.ts'
import { ECHOES_OF_REFUSAL } from './echoes-of-refusal.ts'
import { observeRefusals } from './observe-refusals.ts'
import { limitOf, member, messagesOf, type RequestFeature, without } from './request-feature.ts'

export const tokenLimit: RequestFeature = {
  name: '`max_tokens`',
  nameIn: { responses: '`max_output_tokens`' },
  needed: true,
  isIn: (request) => Number(limitOf(request) ?? 0) > 0,
  removeFrom: without('max_tokens', 'max_completion_tokens'),
}

export const temperature: RequestFeature = member('temperature')

export const systemMessage: RequestFeature = {
  name: 'a system message',
  nameIn: { responses: '`instructions`' },
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
  requirement: {
    text: 'A turn has a system message, `temperature` and `max_tokens`, never `max_completion_tokens`',
    ...ELEVENLABS,
    seenIn: issue('caozhiyuan/copilot-api', 164),
  },
  effect: 'Every turn is refused, and the call ends.',
  fix: 'Pass `max_tokens` on as `max_completion_tokens` and leave `temperature` out where the model wants that; put the system message before the first user message where the model knows no such role.',
  wordsIn: {
    responses: {
      title: '`max_output_tokens`, `temperature` and `instructions` are accepted',
      requirement: {
        text: 'A request has `input`, and may have `instructions`, `temperature` and `max_output_tokens`',
        ...ELEVENLABS,
      },
      fix: 'Pass `max_output_tokens` on under the name that your model knows, leave `temperature` out where the model wants that, and put `instructions` before the input as its system prompt.',
    },
  },
  probes: 'every-stream',
  needs: ['exchange', 'request'],
  compare: (evidence) => observeRefusals(evidence, tokenLimit, temperature, systemMessage),
  mutants: {},
  mutantsIn: {
    chat: {
      'reject-max-tokens': refuseWhen(
        ({ max_tokens: limit }) => limit !== undefined,
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      ),
    },
    responses: {
      'reject-max-output-tokens': refuseWhen(
        (request) => limitOf(request) !== undefined,
        "Unsupported parameter: 'max_output_tokens'",
      ),
    },
  },
  echoes: ECHOES_OF_REFUSAL,
})
