import type { Choice } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showJson } from '../../observe/show-json.ts'
import { OPENAI_CHUNK } from '../../check/sources.ts'
import { editDeltas } from '../../faults/index.ts'

export default defineCheck({
  id: 'voice/refusal-silent',
  title: 'A refusal can be heard',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: 'delta.refusal is apart from delta.content, and only content is spoken',
    ...OPENAI_CHUNK,
  },
  effect:
    'The model declines in words that nobody hears: to the caller, the agent has gone silent.',
  fix: 'Send the text of a refusal in delta.content.',
  probes: 'every-stream',
  needs: ['whole', 'chunks'],
  *inspect(evidence) {
    yield* onceFor(evidence.reading.choices.filter(isSilentRefusal), ({ refusal, latest }) => ({
      message: 'The text of the reply is in delta.refusal only.',
      expected: 'the text in delta.content',
      actual: showJson(refusal),
      ...evidence.where(latest),
    }))
  },
  mutants: {
    'refusal-only': editDeltas((delta) => {
      if (delta.content) delta.refusal = delta.content
      delete delta.content
    }),
  },
  echoes: ['isolation/revised-turn'],
})

function isSilentRefusal({ refusal, text, calls }: Choice): boolean {
  return refusal !== '' && text === '' && calls.length === 0
}
