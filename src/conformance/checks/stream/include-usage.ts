import { isJsonObject } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { skip } from '../../check/gap.ts'
import { issue, OPENAI_REQUEST } from '../../check/sources.ts'
import { editStream } from '../../faults/index.ts'

export default defineCheck({
  id: 'stream/include-usage',
  title: 'Usage is sent when it was requested',
  severity: 'info',
  since: '2026-11',
  dialect: 'chat',
  requirement: {
    text: 'stream_options.include_usage asks for a usage object before [DONE]',
    ...OPENAI_REQUEST,
    seenIn: issue('huggingface/text-generation-inference', 3003),
  },
  effect: 'Nobody can count the tokens of the call.',
  fix: 'Pass stream_options on to your model, or count tokens yourself; any chunk may carry them.',
  probes: 'every-stream',
  needs: ['request', 'whole', 'chunks'],
  *inspect({ request, chat }) {
    const options = request['stream_options']
    if (!isJsonObject(options) || options['include_usage'] !== true) {
      return skip('the request asked for no usage')
    }
    if (chat.usage) return
    const last = chat.chunks.at(-1)?.event
    yield {
      message: 'The request asked for usage, but none was sent.',
      expected: '"usage": {...} on a chunk before [DONE]',
      ...(last && { at: last }),
    }
  },
  mutants: { 'no-usage': editStream((chunks) => chunks.filter(({ usage }) => !usage)) },
})
