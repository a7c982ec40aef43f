import { type Frame, textReply } from '../../../wire/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { ELEVENLABS } from '../../check/sources.ts'
import { answerChatWith, editFrames } from '../../faults/index.ts'

export default defineCheck({
  id: 'stream/other-api',
  title: 'The answer is a chat completion, not one of another API',
  severity: 'error',
  since: '2026-11',
  dialect: 'chat',
  requirement: {
    text: 'Answers are in the format of OpenAI chat completions',
    ...ELEVENLABS,
  },
  effect: 'Clients look for `choices`, find none, and report no error either: the agent is silent.',
  fix: 'Translate every event to a chunk, with its text in choices[0].delta.content.',
  probes: 'every-stream',
  needs: ['stream-asked', 'success', 'body'],
  *inspect({ otherApi }) {
    if (!otherApi) return
    const { name, instead, sample, at } = otherApi
    yield {
      message: `The answer is in the format of ${name}, not of chat completions.`,
      expected: '"data:" events with chat completion chunks, then [DONE]',
      actual: sample,
      fix: `Translate every event to a chunk, with its text in choices[0].delta.content; ${instead}.`,
      ...(at && { at }),
    }
  },
  mutants: {
    'anthropic-events': editFrames(() => [
      named('message_start', { message: { id: 'msg_1', role: 'assistant', content: [] } }),
      named('content_block_delta', { index: 0, delta: { type: 'text_delta', text: 'Hello.' } }),
      named('message_stop', {}),
    ]),
    'ollama-lines': answerChatWith(
      textReply(
        200,
        'application/x-ndjson',
        [false, true]
          .map((done) => ({
            created_at: '2026-01-01T00:00:00Z',
            message: { role: 'assistant', content: done ? '' : 'Hello.' },
            done,
          }))
          .map((line) => `${JSON.stringify(line)}\n`)
          .join(''),
      ),
    ),
  },
  echoes: [
    'transport/content-type',
    'transport/stream-flag-ignored',
    'sse/bare-json-lines',
    'sse/data-is-json',
    'sse/done',
    'sse/empty-data',
    'sse/event-name',
    'sse/event-terminated',
    'sse/unknown-field',
    'stream/no-chunks',
  ],
})

function named(event: string, json: object): Frame {
  return { kind: 'event', atMs: 0, event, data: JSON.stringify({ type: event, ...json }) }
}
