import { isJsonObject } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { skip } from '../../check/gap.ts'
import { mentions, NONCES } from '../../evidence/nonces.ts'
import { issue, OPENAI_REQUEST, RESPONSES_REQUEST } from '../../check/sources.ts'
import { isFinished } from '../../observe/is-finished.ts'
import { type Draft, rewriteRequest } from '../../faults/index.ts'

const [CODE_WORD, REFERENCE] = NONCES['long-history']

export default defineCheck({
  id: 'behaviour/conversation-memory',
  title: 'The model knows the system prompt and the whole history',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: '`messages` are the messages of the conversation so far',
    ...OPENAI_REQUEST,
    seenIn: issue('cubist38/mlx-openai-server', 205),
  },
  effect: 'The agent forgets who it is or what the caller has said, and asks again.',
  fix: 'Hand all messages on to your model, not the last one only; look at the length of its context.',
  wordsIn: {
    responses: {
      requirement: {
        text: '`input` holds the items of the conversation so far, and `instructions` the system prompt',
        ...RESPONSES_REQUEST,
        seenIn: issue('cubist38/mlx-openai-server', 205),
      },
      fix: 'Hand instructions and all items on to your model, not the last one only; look at the length of its context.',
    },
  },
  probes: ['long-history'],
  needs: ['request', 'untruncated'],
  dependsOnModel: 'choice',
  *inspect(evidence) {
    if (!isFinished(evidence)) return skip('the reply says nothing that could be judged')
    const { messages } = evidence.request
    const sent = JSON.stringify(messages)
    const told = [
      { nonce: CODE_WORD, what: 'the code word in the system prompt' },
      { nonce: REFERENCE, what: 'the reference from the first turn' },
    ].filter(({ nonce }) => mentions(sent, nonce))
    const forgotten = told.filter(({ nonce }) => !mentions(evidence.text, nonce))
    if (forgotten.length === 0) return
    yield {
      message: `The reply does not know ${forgotten.map(({ what }) => what).join(', nor ')}.`,
      expected: `a reply that says ${told.map(({ nonce }) => `"${nonce}"`).join(' and ')}`,
      actual: evidence.text,
    }
  },
  mutants: {
    'last-message-only': rewriteRequest((request) => ({
      ...request,
      // A result alone would be refused, and prove nothing.
      messages: request.messages.slice(request.messages.findLastIndex(isNoResult)),
    })),
    'drop-system': rewriteRequest((request) => {
      const others = request.messages.filter(
        (message: Draft) => isJsonObject(message) && message['role'] !== 'system',
      )
      return { ...request, messages: others.length > 0 ? others : request.messages }
    }),
  },
  echoes: ['request/instructions'],
})

function isNoResult(message: Draft): boolean {
  return message?.role !== 'tool'
}
