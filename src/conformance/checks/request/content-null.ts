import type { JsonObject } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { issue, OPENAI_REQUEST } from '../../check/sources.ts'
import { refuseWhen } from '../../faults/index.ts'
import { ECHOES_OF_REFUSAL } from './echoes-of-refusal.ts'
import { observeRefusals } from './observe-refusals.ts'
import { editMessages, messagesOf, type RequestFeature } from './request-feature.ts'

export const contentNull: RequestFeature = {
  name: '`"content": null` beside tool calls',
  needed: true,
  isIn: (request) => messagesOf(request).some(isSilentCall),
  removeFrom: editMessages((message) =>
    isSilentCall(message) ? { ...message, content: '' } : message,
  ),
}

export default defineCheck({
  id: 'request/content-null',
  title: '`"content": null` beside tool calls is accepted',
  severity: 'error',
  since: '2026-11',
  dialect: 'chat',
  requirement: {
    text: 'An assistant message that only calls tools has `"content": null`',
    ...OPENAI_REQUEST,
    seenIn: issue('mistralai/mistral-common', 324),
  },
  effect: 'The call ends as soon as a tool has answered.',
  fix: 'Declare `content` of messages as optional and nullable: in pydantic `content: str | list | None = None`.',
  probes: 'every-stream',
  needs: ['exchange', 'request'],
  compare: (evidence) => observeRefusals(evidence, contentNull),
  mutants: {
    'reject-null-content': refuseWhen(
      contentNull.isIn,
      'messages.3.content: Input should be a valid string',
      422,
    ),
  },
  echoes: ECHOES_OF_REFUSAL,
})

function isSilentCall({ content, tool_calls: calls }: JsonObject): boolean {
  return content === null && Array.isArray(calls)
}
