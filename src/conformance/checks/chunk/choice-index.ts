import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showJson } from '../../observe/show-json.ts'
import { issue, OPENAI_NODE } from '../../check/sources.ts'
import { editChoices } from '../../faults/index.ts'

export default defineCheck({
  id: 'chunk/choice-index',
  title: 'Every choice has an integer `index`',
  severity: 'error',
  since: '2026-11',
  dialect: 'chat',
  requirement: {
    text: 'The index of the choice in the list of choices, an integer',
    ...OPENAI_NODE,
    seenIn: issue('elevenlabs/packages', 603),
  },
  effect: 'openai-node throws "invalid choice index" and the turn is lost.',
  fix: 'Add "index": 0 to the choice of every chunk.',
  probes: 'every-stream',
  needs: ['chunks'],
  signs: ['odd-chunk'],
  *inspect(evidence) {
    const wrong = evidence.chat.pieces.filter(({ json }) => !Number.isInteger(json['index']))
    yield* onceFor(wrong, (first) => ({
      message: 'A choice has no integer `index`.',
      expected: '"index": 0',
      actual: showJson(first.json['index']),
      ...evidence.where(first),
    }))
  },
  echoes: ['chunk/openai-schema'],
  mutants: { 'no-choice-index': editChoices((choice) => delete choice.index) },
})
