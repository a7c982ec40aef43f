import { agentRequest } from '../agent-request.ts'

// What every server is asked for, and what it answers: 64 tokens of five characters.
export const TOKENS = 64
export const TEXT = Array.from({ length: TOKENS }, () => 'word').join(' ')
export const PACE = { ttft: 200, tokensPerSecond: 50 }

/** A request of an agent. */
export function requestTo(user = 'Say it.'): Buffer {
  return agentRequest(user)
}

/** The events of an answer, as OpenAI writes them. */
export function events(): string[] {
  const chunk = (delta: object, finish_reason: string | null = null) =>
    `data: ${JSON.stringify({
      id: 'chatcmpl-00000000000',
      created: 1_767_225_600,
      model: 'custom-model',
      system_fingerprint: 'fp_0000000000',
      object: 'chat.completion.chunk',
      choices: [{ index: 0, delta, finish_reason }],
    })}\n\n`
  const pieces = TEXT.match(/ ?\w+/g)!
  return [
    chunk({ role: 'assistant', content: '' }),
    ...pieces.map((content) => chunk({ content })),
    chunk({}, 'stop'),
    'data: [DONE]\n\n',
  ]
}
