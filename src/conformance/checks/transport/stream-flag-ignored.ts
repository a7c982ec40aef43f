import { isJsonObject } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { showJson } from '../../observe/show-json.ts'
import { ELEVENLABS } from '../../check/sources.ts'
import { answerChatWith, jsonCompletion } from '../../faults/index.ts'

export default defineCheck({
  id: 'transport/stream-flag-ignored',
  title: '`stream: true` is answered with a stream',
  severity: 'error',
  since: '2026-11',
  requirement: { text: 'Answers are streamed as server-sent events', ...ELEVENLABS },
  effect: 'Clients find no event in the body and report no error either: the agent stays silent.',
  fix: 'When the request says "stream": true, write chunks as "data: {...}" events, also when tools are offered.',
  wordsIn: {
    responses: {
      fix: 'When the request says "stream": true, write events ("event: ...", "data: {...}"), also when tools are offered.',
    },
  },
  probes: 'every-stream',
  needs: ['stream-asked', 'success', 'body'],
  *inspect(evidence) {
    if (evidence.stream.events.length > 0 || !isJsonObject(evidence.json)) return
    yield {
      message: 'The whole answer is one JSON object.',
      expected: 'a stream of "data:" events',
      actual: showJson(evidence.json),
    }
  },
  mutants: {
    'json-body': answerChatWith(jsonCompletion),
  },
  echoes: [
    'transport/content-type',
    'sse/bare-json-lines',
    'sse/unknown-field',
    'sse/done',
    'stream/no-chunks',
  ],
})
