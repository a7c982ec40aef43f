import { isJsonObject } from '../../../protocol/index.ts'
import { defineCheck } from '../../check.ts'
import { editStream } from '../../mutate/index.ts'
import { OPENAI_REQUEST } from '../../sources.ts'

export default defineCheck({
  id: 'stream/include-usage',
  title: 'Usage is sent when it was asked for',
  severity: 'info',
  since: '2026-11',
  requirement: {
    text: 'stream_options.include_usage asks for a usage object before [DONE]',
    ...OPENAI_REQUEST,
  },
  effect: 'Nobody can count the tokens of the call.',
  fix: 'Pass stream_options on to your model, or count tokens yourself; any chunk may carry them.',
  probes: 'every-stream',
  needs: ['request', 'whole', 'chunks'],
  *inspect({ request, reply, chunks }) {
    const options = request!['stream_options']
    if (!isJsonObject(options) || options['include_usage'] !== true || reply.usage) return
    yield {
      message: 'The request asked for usage, and none was sent.',
      expected: '"usage": {...} on a chunk before [DONE]',
      at: chunks.at(-1)!.event,
    }
  },
  mutants: {
    'no-usage': editStream((chunks) => chunks.filter(({ usage }) => !usage)),
  },
})
