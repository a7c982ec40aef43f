import { isJsonObject } from '../../../protocol/index.ts'
import { jsonReply } from '../../../wire/index.ts'
import { defineCheck } from '../../check.ts'
import { answerChatWith } from '../../mutate/index.ts'
import { ELEVENLABS } from '../../sources.ts'

export default defineCheck({
  id: 'transport/stream-flag-ignored',
  title: '`stream: true` is answered with a stream',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'Answers are streamed as server-sent events; there is no other form',
    ...ELEVENLABS,
  },
  effect:
    'Clients find no event in the body and no error either: the agent stays silent ("Brain returned no response").',
  fix: 'When the request says "stream": true, write chunks as "data: {...}" events, also when tools are offered.',
  probes: 'every-stream',
  needs: ['success'],
  *inspect(evidence) {
    const { request, stream } = evidence
    if ((request && request['stream'] !== true) || stream.events.length > 0) return
    const { json } = evidence
    if (!isJsonObject(json)) return
    yield {
      message: 'The whole answer is one JSON object.',
      expected: 'a stream of "data:" events',
      actual: JSON.stringify(json).slice(0, 200),
    }
  },
  mutants: {
    'json-body': answerChatWith(
      jsonReply(200, {
        id: 'chatcmpl-1',
        object: 'chat.completion',
        created: 1_767_225_600,
        model: 'custom-model',
        choices: [
          { index: 0, message: { role: 'assistant', content: 'Hello.' }, finish_reason: 'stop' },
        ],
      }),
    ),
  },
  echoes: [
    'transport/content-type',
    'sse/bare-json-lines',
    'sse/unknown-field',
    'sse/done',
    'stream/no-chunks',
  ],
})
