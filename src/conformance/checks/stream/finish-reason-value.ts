import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showJson } from '../../observe/show-json.ts'
import { OPENAI_CHUNK } from '../../check/sources.ts'
import { editFinishReason } from '../../faults/index.ts'

const REASONS: readonly unknown[] = [
  'stop',
  'length',
  'tool_calls',
  'content_filter',
  'function_call',
]

export default defineCheck({
  id: 'stream/finish-reason-value',
  title: 'finish_reason is one of the five that OpenAI defines',
  severity: 'error',
  since: '2026-11',
  dialect: 'chat',
  requirement: {
    text: 'stop, length, tool_calls, content_filter or function_call',
    ...OPENAI_CHUNK,
  },
  effect:
    'Typed clients reject the chunk; others miss that the reply is complete. An empty reason counts as missing: openai-node throws.',
  fix: 'Map the reasons of your model ("eos", "end_turn") to "stop", and keep its own word in native_finish_reason.',
  probes: 'every-stream',
  needs: ['chunks'],
  signs: ['odd-chunk'],
  *inspect(evidence) {
    const { choices, pieces } = evidence.chat
    const unknown = pieces.filter(({ json }) => !REASONS.includes(json['finish_reason'] ?? 'stop'))
    yield* onceFor(unknown, (first) => {
      const reason = first.json['finish_reason']
      const choice = choices.find(({ index }) => index === first.index)
      return {
        message: `A finish_reason is ${showJson(reason)}.`,
        expected: REASONS.join(', '),
        actual: showJson(reason),
        ...evidence.where(first, '/finish_reason'),
        severity: reason === '' && choice?.finishReason === undefined ? 'error' : 'warning',
      }
    })
  },
  mutants: {
    'finish-eos': editFinishReason(() => 'eos'),
    'finish-empty-string': editFinishReason(() => ''),
    'finish-uppercase': editFinishReason((reason) => reason.toUpperCase()),
  },
  echoes: ['chunk/openai-schema', 'stream/finish-reason-missing', 'tools/finish-reason'],
})
