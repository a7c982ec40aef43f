import { responses } from '../../protocol/index.ts'
import type { Evidence } from './evidence.ts'

const CHAT = {
  call: 'delta.tool_calls',
  end: '[DONE]',
  limit: 'max_tokens',
  part: 'chunk',
  refusal: 'delta.refusal',
  text: 'delta.content',
}

const RESPONSES: typeof CHAT = {
  call: 'an item of type function_call',
  end: 'the event that ends the response',
  limit: 'max_output_tokens',
  part: 'event',
  refusal: 'response.refusal.delta',
  text: 'response.output_text.delta',
}

/** How the API in which was answered calls things, as messages name them. */
export function wordsOf({ dialect }: Pick<Evidence, 'dialect'>): typeof CHAT {
  return dialect.id === responses.id ? RESPONSES : CHAT
}
