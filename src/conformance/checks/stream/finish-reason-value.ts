import { defineCheck } from '../../check.ts'
import { type Draft, editChoices } from '../../mutate/index.ts'
import { OPENAI_CHUNK } from '../../sources.ts'
import { tally } from '../../tally.ts'

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
  requirement: {
    text: 'stop, length, tool_calls, content_filter or function_call',
    ...OPENAI_CHUNK,
  },
  effect:
    'Typed clients reject the chunk; others miss that the reply is complete. An empty one counts as missing.',
  fix: 'Translate the reasons of your model ("eos", "end_turn": "stop"), and keep its own word in native_finish_reason.',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect(evidence) {
    const { choices, pieces } = evidence.reply
    const unknown = pieces.filter(({ json }) => !REASONS.includes(json['finish_reason'] ?? 'stop'))
    for (const { first, count } of tally(unknown)) {
      const reason = first.json['finish_reason']
      const choice = choices.find(({ index }) => index === first.index)
      yield {
        message: `A finish_reason is ${JSON.stringify(reason)}.`,
        count,
        expected: REASONS.join(', '),
        actual: JSON.stringify(reason),
        ...evidence.where(first, '/finish_reason'),
        // Clients take an empty reason for none, and raise at the end of the stream.
        severity: reason === '' && choice?.finishReason === undefined ? 'error' : 'warning',
      }
    }
  },
  mutants: {
    'finish-eos': editReason(() => 'eos'),
    'finish-empty-string': editReason(() => ''),
    'finish-uppercase': editReason((reason) => reason.toUpperCase()),
  },
  echoes: ['stream/finish-reason-missing', 'tools/finish-reason'],
})

function editReason(edit: (reason: string) => string) {
  return editChoices((choice: Draft) => {
    if (choice.finish_reason) choice.finish_reason = edit(choice.finish_reason)
  })
}
