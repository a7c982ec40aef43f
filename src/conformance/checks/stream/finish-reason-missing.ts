import type { ChoicePiece } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../check/once-for.ts'
import { showJson } from '../../check/show-json.ts'
import { issue, OPENAI_NODE } from '../../check/sources.ts'
import { editChoices, editFinishReason } from '../../faults/index.ts'

export default defineCheck({
  id: 'stream/finish-reason-missing',
  title: 'Every choice ends with a finish_reason',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'The reason the model stopped; null until then',
    ...OPENAI_NODE,
    seenIn: issue('vllm-project/vllm', 27_572),
  },
  effect:
    'openai-node\'s stream helper throws "missing finish_reason"; others cannot tell a complete answer from a cut one.',
  fix: 'End every choice with a chunk whose finish_reason is "stop", or "tool_calls" after tool calls.',
  probes: 'every-stream',
  needs: ['whole', 'chunks'],
  *inspect(evidence) {
    // An error that ends the stream stands in for the reason.
    if (evidence.data.some(({ payload }) => payload.kind === 'error')) return
    const open = evidence.reply.choices.filter(({ finishReason }) => finishReason === undefined)
    yield* onceFor(open, ({ index, latest }) => {
      const almost = misnamedReason(evidence.reply.pieces.filter((piece) => piece.index === index))
      const { json } = almost?.piece ?? latest
      return {
        message: `Choice ${index} never gets a finish_reason${almost ? `, but ${almost.as}` : ''}.`,
        expected: '"finish_reason": "stop" on its last chunk',
        actual: showJson(almost ? json : json['finish_reason']),
        ...(almost && { fix: 'Name it finish_reason, and put it next to the delta.' }),
        ...evidence.where(almost?.piece ?? latest),
      }
    })
  },
  mutants: {
    'finish-null': editFinishReason(() => null),
    'finish-absent': editChoices((choice) => delete choice.finish_reason),
    'finish-camel-case': editChoices((choice) => {
      choice.finishReason = choice.finish_reason
      delete choice.finish_reason
    }),
  },
  echoes: ['tools/finish-reason'],
})

/** As other APIs, and serializers with a naming policy of their own, call it. */
const OTHER_NAMES = ['finishReason', 'stop_reason', 'stopReason', 'done_reason']

/** Finds the reason under another name, or inside of a delta. */
function misnamedReason(pieces: readonly ChoicePiece[]) {
  for (const piece of pieces) {
    const name = OTHER_NAMES.find((each) => typeof piece.json[each] === 'string')
    if (name) return { piece, as: `a ${name}` }
    if (typeof piece.delta?.['finish_reason'] === 'string')
      return { piece, as: 'its delta has one' }
  }
  return undefined
}
