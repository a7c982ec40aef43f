import type { Choice } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showJson } from '../../observe/show-json.ts'
import { wordsOf } from '../../evidence/words-of.ts'
import { OPENAI_CHUNK, RESPONSES_EVENTS } from '../../check/sources.ts'
import { editDeltas, sayOtherwise } from '../../faults/index.ts'

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
  wordsIn: {
    responses: {
      requirement: {
        text: 'A refusal is a part of its own, apart from output_text, and only text is spoken',
        ...RESPONSES_EVENTS,
      },
      fix: 'Send the text of a refusal as response.output_text.delta.',
    },
  },
  probes: 'every-stream',
  needs: ['whole', 'chunks'],
  *inspect(evidence) {
    const words = wordsOf(evidence)
    yield* onceFor(evidence.reading.choices.filter(isSilentRefusal), ({ refusal, latest }) => ({
      message: `The text of the reply is in ${words.refusal} only.`,
      expected: `the text in ${words.text}`,
      actual: showJson(refusal),
      ...evidence.where(latest),
    }))
  },
  mutants: {},
  mutantsIn: {
    chat: {
      'refusal-only': editDeltas((delta) => {
        if (delta.content) delta.refusal = delta.content
        delete delta.content
      }),
    },
    responses: {
      'refusal-only': sayOtherwise(({ text, ...answer }) =>
        text === '' ? undefined : { ...answer, text: '', refusal: text },
      ),
    },
  },
  echoes: ['isolation/revised-turn'],
})

function isSilentRefusal({ refusal, text, calls }: Choice): boolean {
  return refusal !== '' && text === '' && calls.length === 0
}
