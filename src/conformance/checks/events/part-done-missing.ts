import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { issue, RESPONSES_EVENTS } from '../../check/sources.ts'
import { dropEach } from '../../faults/index.ts'

export default defineCheck({
  id: 'events/part-done-missing',
  title: 'A part of text is closed by response.output_text.done and response.content_part.done',
  severity: 'warning',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'Emitted when text content is finalized, and when a content part is done',
    ...RESPONSES_EVENTS,
    seenIn: issue('ogx-ai/ogx', 5309),
  },
  effect: 'Clients that wait for the end of a text before they use it wait in vain.',
  fix: 'After the last delta, send response.output_text.done with the whole text, then response.content_part.done.',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect(evidence) {
    const { items, terminals } = evidence.responses
    const [end] = terminals
    // What broke off closes nothing.
    if (!end || end.type === 'response.failed') return
    const open = items
      .flatMap(({ added, parts }) => (added ? parts : []))
      .flatMap(({ kind, text, textDone, partDone, pieces }) => {
        if (kind !== 'text' || text === '') return []
        const missing = [
          ...(textDone === undefined ? ['response.output_text.done'] : []),
          ...(partDone === undefined ? ['response.content_part.done'] : []),
        ]
        return missing.length > 0 ? { missing, last: pieces.at(-1)! } : []
      })
    yield* onceFor(open, ({ missing, last }) => ({
      message: `A text ends without ${missing.join(' and ')}.`,
      expected: missing.join(', then '),
      ...evidence.where({ ...last, path: '' }),
    }))
  },
  mutants: {
    'text-done-absent': dropEach(/^response\.output_text\.done$/),
    'part-done-absent': dropEach(/^response\.content_part\.done$/),
  },
})
