import { isJsonObject } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showJson } from '../../observe/show-json.ts'
import { issue, OPENAI_NODE } from '../../check/sources.ts'
import { misnamedReason } from '../../observe/misnamed-reason.ts'
import { editChoices, editFinishReason } from '../../faults/index.ts'

export default defineCheck({
  id: 'stream/finish-reason-missing',
  title: 'Every choice ends with a finish_reason',
  severity: 'error',
  since: '2026-11',
  dialect: 'chat',
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
    const { choices, data, pieces } = evidence.chat
    const untold = choices.filter(({ finishReason }) => finishReason === undefined)
    // An error that ends the stream stands in for the reason.
    if (untold.length === 0 || data.some(({ payload }) => payload.kind === 'error')) return
    // An object is a reason, too, of a kind of its own.
    const told = new Set(
      pieces.flatMap(({ index, json }) => (isJsonObject(json['finish_reason']) ? index : [])),
    )
    const open = untold.filter(({ index }) => !told.has(index))
    yield* onceFor(open, ({ index, latest }) => {
      const almost = misnamedReason(pieces.filter((piece) => piece.index === index))
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
