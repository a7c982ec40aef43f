import { jsonReply } from '../../wire/index.ts'

/** A whole completion, where a stream or a refusal belongs. */
export const jsonCompletion = jsonReply(200, {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1_767_225_600,
  model: 'custom-model',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello.' }, finish_reason: 'stop' }],
})
