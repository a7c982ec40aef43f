import type { JsonObject } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { ELEVENLABS, issue } from '../../check/sources.ts'
import { strictAlternation } from '../../faults/index.ts'
import { ECHOES_OF_REFUSAL } from './echoes-of-refusal.ts'
import { observeRefusals } from './observe-refusals.ts'
import { messagesOf, type RequestFeature } from './request-feature.ts'

export const assistantFirst: RequestFeature = {
  name: 'an assistant message before the first user message',
  needed: true,
  isIn: (request) => firstTurn(request)?.['role'] === 'assistant',
  removeFrom: (request) => {
    const opening = firstTurn(request)
    return { ...request, messages: messagesOf(request).filter((message) => message !== opening) }
  },
}

export default defineCheck({
  id: 'request/assistant-first',
  title: 'A history that begins with the agent is accepted',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'What the agent says first stands before the first user message',
    ...ELEVENLABS,
    seenIn: issue('vllm-project/vllm', 6862),
  },
  effect: 'Every turn is refused, because the agent speaks first in nearly every call.',
  fix: 'Accept any order of roles; where the model insists on alternation, put an empty user message in front.',
  probes: 'every-stream',
  needs: ['exchange', 'request'],
  compare: (evidence) => observeRefusals(evidence, assistantFirst),
  mutants: { 'strict-alternation': strictAlternation },
  echoes: ECHOES_OF_REFUSAL,
})

/** The first message that is neither system nor developer. */
function firstTurn(request: JsonObject): JsonObject | undefined {
  return messagesOf(request).find(({ role }) => role === 'user' || role === 'assistant')
}
