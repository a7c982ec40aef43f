import { defineCheck } from '../../check/define-check.ts'
import { issue, OPENAI_REQUEST } from '../../check/sources.ts'
import { refuseWhen } from '../../faults/index.ts'
import { ECHOES_OF_REFUSAL } from './echoes-of-refusal.ts'
import { observeRefusals } from './observe-refusals.ts'
import { REQUEST_FEATURES } from '../../features/request-features.ts'

export default defineCheck({
  id: 'request/content-null',
  title: '`"content": null` beside tool calls is accepted',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'An assistant message that only calls tools has `"content": null`',
    ...OPENAI_REQUEST,
    seenIn: issue('mistralai/mistral-common', 324),
  },
  effect: 'The call ends as soon as a tool has answered.',
  fix: 'Declare `content` of messages as optional and nullable: in pydantic `content: str | list | None = None`.',
  probes: 'every-stream',
  needs: ['exchange', 'request'],
  compare: (evidence) => observeRefusals(evidence, 'content-null'),
  mutants: {
    'reject-null-content': refuseWhen(
      REQUEST_FEATURES['content-null'].isIn,
      'messages.3.content: Input should be a valid string',
      422,
    ),
  },
  echoes: ECHOES_OF_REFUSAL,
})
