import { defineCheck } from '../../check.ts'
import { editChoices } from '../../mutate/index.ts'
import { OPENAI_NODE } from '../../sources.ts'

export default defineCheck({
  id: 'stream/finish-reason-missing',
  title: 'Every choice ends with a finish_reason',
  severity: 'error',
  since: '2026-11',
  requirement: { text: 'The reason the model stopped; null until then', ...OPENAI_NODE },
  effect:
    'openai-node\'s stream helper raises "missing finish_reason"; others cannot tell a whole answer from a cut one.',
  fix: 'End every choice with a chunk whose finish_reason is "stop", or "tool_calls" after tool calls.',
  probes: 'every-stream',
  needs: ['whole', 'chunks'],
  *inspect(evidence) {
    const { choices, pieces } = evidence.reply
    // An error that ends the stream stands for the reason.
    if (evidence.data.some(({ payload }) => payload.kind === 'error')) return
    for (const { index } of choices.filter(({ finishReason }) => finishReason === undefined)) {
      const last = pieces.findLast((piece) => piece.index === index)!
      yield {
        message: `Choice ${index} never gets a finish_reason.`,
        expected: '"finish_reason": "stop" on its last chunk',
        actual: JSON.stringify(last.json['finish_reason'] ?? null),
        ...evidence.where(last),
      }
    }
  },
  mutants: {
    'finish-null': editChoices((choice) => (choice.finish_reason = null)),
    'finish-absent': editChoices((choice) => delete choice.finish_reason),
  },
  echoes: ['tools/finish-reason'],
})
