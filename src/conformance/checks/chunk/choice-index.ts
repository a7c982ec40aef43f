import { defineCheck } from '../../check.ts'
import { editChoices } from '../../mutate/index.ts'
import { OPENAI_NODE } from '../../sources.ts'
import { tally } from '../../tally.ts'

export default defineCheck({
  id: 'chunk/choice-index',
  title: 'Every choice has an integer `index`',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'The index of the choice in the list of choices, an integer',
    ...OPENAI_NODE,
  },
  effect: 'openai-node raises "invalid choice index" and the turn is lost.',
  fix: 'Add "index": 0 to the choice of every chunk.',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect(evidence) {
    const wrong = evidence.reply.pieces.filter(({ json }) => !Number.isInteger(json['index']))
    for (const { first, count } of tally(wrong)) {
      yield {
        message: `A choice has no integer \`index\`.`,
        count,
        expected: '"index": 0',
        actual: first.json['index'] === undefined ? 'absent' : JSON.stringify(first.json['index']),
        ...evidence.where(first),
      }
    }
  },
  mutants: { 'no-choice-index': editChoices((choice) => delete choice.index) },
})
