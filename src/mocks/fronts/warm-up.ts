import type { ChatRequest, StandIn } from '../../protocol/index.ts'
import { createMockLlm } from '../mock-llm.ts'
import { NOWHERE } from '../model.ts'

const messages: ChatRequest['messages'] = [
  { role: 'system', content: 'You are Ava, the voice of a shop.' },
  { role: 'user', content: 'Hello. That is all, goodbye.' },
]
const parameters = { type: 'object', properties: { reason: { type: 'string' } } }

/** One of each kind: streamed, whole, with a call. */
const REQUESTS: readonly Omit<ChatRequest, 'model'>[] = [
  { messages, stream: true, stream_options: { include_usage: true } },
  { messages, max_tokens: 2 },
  {
    messages,
    stream: true,
    tools: [{ type: 'function', function: { name: 'end_call', parameters } }],
  },
]

/** Loads what is loaded on first use, so that the first answer takes as long as the second. */
export async function warmUp(as?: StandIn): Promise<void> {
  const { answer } = createMockLlm(as && { as })
  for (const request of REQUESTS) {
    const body = JSON.stringify({ model: 'any', ...request })
    await answer({ ...NOWHERE.http, body }, { ...NOWHERE, entry: undefined })
  }
}
