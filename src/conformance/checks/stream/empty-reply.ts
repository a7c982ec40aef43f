import type { Choice } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showJson } from '../../observe/show-json.ts'
import { ELEVENLABS } from '../../check/sources.ts'
import { editDeltas, editStream } from '../../faults/index.ts'

/** A reply that was cut or filtered is empty for another reason; `function_call` predates tools. */
const EXEMPT: readonly unknown[] = ['length', 'content_filter', 'function_call']

export default defineCheck({
  id: 'stream/empty-reply',
  title: 'A finished reply says something or calls a tool',
  severity: 'error',
  since: '2026-11',
  dialect: 'chat',
  requirement: {
    text: 'A turn is answered with content or with a tool call; to stay silent, call skip_turn',
    ...ELEVENLABS,
  },
  effect: 'The platform ends the whole call: "LLM Cascade Error: Brain returned no response".',
  fix: 'Say something, or call skip_turn where it is offered; make sure the text is in delta.content, not only in a reasoning member.',
  probes: 'every-stream',
  needs: ['whole', 'chunks'],
  *inspect(evidence) {
    const { choices } = evidence.reading
    const expected = 'non-empty content, or a tool call'
    if (choices.length === 0) {
      yield { message: 'No chunk has a choice: the reply is empty.', expected }
    }
    yield* onceFor(choices.filter(isEmpty), ({ reasoning, finishReason, latest }) => ({
      message:
        reasoning === ''
          ? 'The reply ended with no text and no tool call.'
          : 'The reply contains reasoning but no speakable text and no tool call.',
      expected,
      actual: `finish_reason ${showJson(finishReason)}`,
      ...evidence.where(latest),
    }))
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

function isEmpty({ text, refusal, calls, finishReason }: Choice): boolean {
  if (EXEMPT.includes(finishReason)) return false
  return text === '' && refusal === '' && calls.length === 0
}
