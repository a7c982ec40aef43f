import { defineCheck } from '../../check/define-check.ts'
import { ELEVENLABS } from '../../check/sources.ts'
import { refuseWhen } from '../../faults/index.ts'
import { ECHOES_OF_REFUSAL } from './echoes-of-refusal.ts'
import { observeRefusals } from './observe-refusals.ts'
import { appendUser, messagesOf, type RequestFeature } from './request-feature.ts'

export const noUser: RequestFeature = {
  name: 'a history without a user message',
  needed: false,
  isIn: (request) => !messagesOf(request).some(({ role }) => role === 'user'),
  removeFrom: appendUser('Hello?'),
}

export default defineCheck({
  id: 'request/greeting-turn',
  title: 'A history with only a system message is accepted',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: 'An agent without a first message of its own asks the model for one, before the caller has spoken',
    ...ELEVENLABS,
  },
  effect: 'The agent does not say hello: the caller hears silence.',
  fix: 'Answer with a greeting; where the model insists on a user message, append "Hello?".',
  wordsIn: {
    responses: {
      title: 'A request with only the instructions is accepted',
      requirement: {
        text: 'An agent without a first message of its own asks the model for one, before the caller has spoken',
        ...ELEVENLABS,
      },
    },
  },
  probes: 'every-stream',
  needs: ['exchange', 'request'],
  compare: (evidence) => observeRefusals(evidence, noUser),
  mutants: {
    'require-user': refuseWhen(noUser.isIn, 'No user query found in messages.'),
  },
  echoes: ECHOES_OF_REFUSAL,
})
