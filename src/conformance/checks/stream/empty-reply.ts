import type { AssembledChoice } from '../../../protocol/index.ts'
import { defineCheck } from '../../check.ts'
import { editDeltas, editStream } from '../../mutate/index.ts'
import { ELEVENLABS } from '../../sources.ts'

export default defineCheck({
  id: 'stream/empty-reply',
  title: 'A finished reply says something or calls a tool',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'A turn is answered with content or with a tool call; to stay silent, call skip_turn',
    ...ELEVENLABS,
  },
  effect:
    'The platform ends the call, not only the turn: "LLM Cascade Error: Brain returned no response".',
  fix: 'Say something, or call skip_turn where it is offered; check that the text is in delta.content, not only in a reasoning member.',
  probes: 'every-stream',
  needs: ['whole', 'chunks'],
  *inspect(evidence) {
    const { choices, pieces } = evidence.reply
    for (const choice of choices.filter(isEmpty)) {
      const last = pieces.findLast(({ index }) => index === choice.index)!
      yield {
        message:
          choice.reasoning === ''
            ? 'The reply ended without a word and without a tool call.'
            : 'The reply holds reasoning, but not a word to speak and no tool call.',
        expected: 'non-empty content, or a tool call',
        actual: `finish_reason ${JSON.stringify(choice.finishReason ?? null)}`,
        ...evidence.where(last),
      }
    }
  },
  mutants: {
    'finish-only': editStream((chunks) =>
      chunks.filter(
        ({ choices: [choice], usage }) => usage || choice?.delta.role || choice?.finish_reason,
      ),
    ),
    'content-empty-only': editDeltas((delta) => {
      if (delta.content) delta.content = ''
      delete delta.tool_calls
    }),
  },
})

/** Cut, filtered and refused replies are empty for a reason that is told elsewhere. */
function isEmpty({ content, refusal, toolCalls, finishReason }: AssembledChoice): boolean {
  if (finishReason === 'length' || finishReason === 'content_filter') return false
  if (finishReason === 'function_call') return false
  return content === '' && refusal === '' && toolCalls.length === 0
}
