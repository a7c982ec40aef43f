import { isJsonObject } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { mentions, NONCES } from '../../evidence/nonces.ts'
import { issue, OPENAI_REQUEST, RESPONSES_REQUEST } from '../../check/sources.ts'
import { isFinished } from '../../observe/is-finished.ts'
import { refuseWhen, rewriteRequest } from '../../faults/index.ts'
import { ECHOES_OF_REFUSAL } from './echoes-of-refusal.ts'
import { observeRefusals } from './observe-refusals.ts'
import { editMessages, joined, messagesOf, type RequestFeature } from './request-feature.ts'

const [WORD] = NONCES.superset

export const contentParts: RequestFeature = {
  name: 'content as an array of text parts',
  needed: false,
  isIn: (request) => messagesOf(request).some(({ content }) => Array.isArray(content)),
  removeFrom: editMessages((message) =>
    Array.isArray(message['content'])
      ? { ...message, content: joined(message['content']) }
      : message,
  ),
}

const { isIn } = contentParts

export default defineCheck({
  id: 'request/content-parts',
  title: 'Content as an array of text parts is accepted, and read',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: 'The content of a message is a string, or an array of parts such as {"type": "text", "text": "..."}',
    ...OPENAI_REQUEST,
    seenIn: issue('infiniflow/ragflow', 15_359),
  },
  effect: 'Clients that send parts are refused, or the model sees "[object Object]".',
  fix: 'Join the text parts of such a message before you use it.',
  wordsIn: {
    responses: {
      title: 'Content as an array of parts is accepted, and read',
      requirement: {
        text: 'The content of an item is a string, or an array of parts: {"type": "input_text", "text": "..."}, or output_text of the agent',
        ...RESPONSES_REQUEST,
        seenIn: issue('infiniflow/ragflow', 15_359),
      },
      fix: 'Join the parts of such an item before you use it: input_text and output_text.',
    },
  },
  probes: 'every-stream',
  needs: ['exchange', 'request'],
  dependsOnModel: 'choice',
  *inspect(evidence) {
    if (evidence.probe !== 'superset' || !isIn(evidence.request) || !isFinished(evidence)) return
    if (mentions(evidence.text, WORD)) return
    yield {
      message: `The reply lacks "${WORD}", which stands in content parts and was asked for.`,
      expected: `a reply that says "${WORD}"`,
      actual: evidence.text,
    }
  },
  compare: (evidence) => observeRefusals(evidence, contentParts),
  mutants: {
    'reject-parts': refuseWhen(isIn, 'messages.3.content: expected a string'),
    'parts-stringified': rewriteRequest((request) => ({
      ...request,
      messages: request.messages.filter(isJsonObject).map((message: { content: unknown }) => ({
        ...message,
        content: Array.isArray(message.content) ? String(message.content) : message.content,
      })),
    })),
  },
  echoes: [...ECHOES_OF_REFUSAL, 'request/assistant-text'],
})
