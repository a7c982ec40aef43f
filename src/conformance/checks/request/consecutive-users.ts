import type { JsonObject } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { ELEVENLABS, issue } from '../../check/sources.ts'
import { strictAlternation } from '../../faults/index.ts'
import { ECHOES_OF_REFUSAL } from './echoes-of-refusal.ts'
import { observeRefusals } from './observe-refusals.ts'
import { messagesOf, type RequestFeature } from './request-feature.ts'

export const consecutiveUsers: RequestFeature = {
  name: 'two user messages in a row',
  needed: true,
  isIn: (request) => messagesOf(request).some(followsItsLike),
  removeFrom: (request) => ({
    ...request,
    messages: messagesOf(request).filter((_, i, all) => {
      const next = all[i + 1]
      return next === undefined || !followsItsLike(next, i + 1, all)
    }),
  }),
}

export default defineCheck({
  id: 'request/consecutive-users',
  title: 'Two user messages in a row are accepted',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'A caller who goes on speaking adds a message; nothing has been answered in between',
    ...ELEVENLABS,
    seenIn: issue('microsoft/semantic-kernel', 10281),
  },
  effect: 'The turn is refused when the caller adds something before the agent has answered.',
  fix: 'Accept any order of roles; where the model insists on alternation, join the messages.',
  probes: 'every-stream',
  needs: ['exchange', 'request'],
  compare: (evidence) => observeRefusals(evidence, consecutiveUsers),
  mutants: { 'strict-alternation': strictAlternation },
  echoes: ECHOES_OF_REFUSAL,
})

function followsItsLike({ role }: JsonObject, i: number, all: readonly JsonObject[]): boolean {
  return role === 'user' && all[i - 1]?.['role'] === 'user'
}
