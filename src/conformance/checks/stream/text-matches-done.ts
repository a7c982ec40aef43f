import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showEnd } from '../../observe/show-end.ts'
import { issue, RESPONSES_EVENTS } from '../../check/sources.ts'
import { type Draft, editEach } from '../../faults/index.ts'

export default defineCheck({
  id: 'stream/text-matches-done',
  title: 'The text that closes a part is that of its deltas',
  severity: 'error',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'The text content that is finalized: that of all deltas',
    ...RESPONSES_EVENTS,
    seenIn: issue('vllm-project/vllm', 37_071),
  },
  effect:
    'What the caller has heard is not what stays in the history: the next turn builds on other words.',
  fix: 'Build response.output_text.done, the part, the item and the response from the deltas that were sent.',
  probes: 'every-stream',
  needs: ['beginning'],
  *inspect(evidence) {
    const different = evidence.responses.copies.flatMap((copy) => {
      const { of, value } = copy
      if (!Array.isArray(of) || of.length === 0) return []
      const said = of.map(({ text }) => text).join('')
      return said === value ? [] : { copy, said }
    })
    yield* onceFor(different, ({ copy, said }) => ({
      message: 'A text that closes what was said is not that of its deltas.',
      expected: showEnd(said),
      actual: showEnd(copy.value),
      ...evidence.where(copy),
    }))
  },
  mutants: {
    'text-done-differs': editEach(/\.output_text\.done$/, (event) => (event.text += ' Bye.')),
    'text-item-differs': editEach(/\.output_item\.done$/, ({ item }) => lengthen(item)),
    'text-completed-differs': editEach(/\.completed$/, ({ response }) => {
      response.output.forEach(lengthen)
    }),
  },
})

function lengthen({ content = [] }: Draft): void {
  for (const part of content) if (part.text) part.text += ' Bye.'
}
