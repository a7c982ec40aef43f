import type { Json } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { AI_SDK, issue } from '../../check/sources.ts'
import { refuseAsked } from '../../faults/index.ts'
import { isMessage, ofItems } from './asked-feature.ts'
import { ECHOES_OF_REFUSAL } from './echoes-of-refusal.ts'
import { observeAsked } from './observe-asked.ts'
import { joined } from './request-feature.ts'

export const assistantParts = ofItems(
  'what the agent has said as output_text parts',
  (item) => isOfAgent(item) && Array.isArray(item['content']),
  (item) => ({ ...item, content: joined(item['content']) }),
)

export const assistantString = ofItems(
  'what the agent has said as a string',
  (item) => isOfAgent(item) && typeof item['content'] === 'string',
  (item) => ({ ...item, content: [{ type: 'output_text', text: item['content']! }] }),
)

export default defineCheck({
  id: 'request/assistant-text',
  title: 'What the agent has said is accepted as a string, and as output_text parts',
  severity: 'error',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'What the agent said before comes as parts: {"type": "output_text", "text": "..."}; LiveKit sends a string',
    ...AI_SDK,
    seenIn: issue('ggml-org/llama.cpp', 26_394),
  },
  effect: 'The first turn may be answered; each one after it is refused.',
  fix: 'Accept both forms of content in items with the role `assistant`, with nothing but their text.',
  probes: 'every-stream',
  needs: ['exchange'],
  *compare(evidence) {
    const inParts = yield* observeAsked(evidence, assistantParts)
    const inString = yield* observeAsked(evidence, assistantString)
    return inParts && inString
  },
  mutants: {
    'reject-output-text': refuseAsked(assistantParts.isIn, "Invalid value: 'output_text'"),
    'reject-assistant-string': refuseAsked(
      assistantString.isIn,
      'input.content: expected a list of output_text parts',
    ),
  },
  echoes: [
    ...ECHOES_OF_REFUSAL,
    'request/assistant-first',
    'request/assistant-last',
    'request/content-parts',
    'request/large-body',
  ],
})

function isOfAgent(item: Readonly<Record<string, Json>>): boolean {
  return isMessage(item) && item['role'] === 'assistant'
}
