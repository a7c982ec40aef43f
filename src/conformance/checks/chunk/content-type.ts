import { defineCheck } from '../../check.ts'
import { type Draft, editDeltas } from '../../mutate/index.ts'
import { github } from '../../sources.ts'
import { tally } from '../../tally.ts'

export default defineCheck({
  id: 'chunk/content-type',
  title: 'The content of a delta is a string',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'The contents of the chunk message: a string, null, or absent',
    ...github('vercel/ai', 17_779),
  },
  effect: 'Clients that validate chunks reject the stream; others speak "[object Object]".',
  fix: 'Flatten content parts to their text before you send them, and leave reasoning parts out.',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect(evidence) {
    const wrong = evidence.reply.pieces.filter(
      ({ delta }) => typeof (delta?.['content'] ?? '') !== 'string',
    )
    for (const { first, count } of tally(wrong)) {
      const content = first.delta!['content']
      yield {
        message: `The content of a delta is ${Array.isArray(content) ? 'an array' : `of type ${typeof content}`}.`,
        count,
        expected: 'a string',
        actual: JSON.stringify(content).slice(0, 200),
        ...evidence.where(first, '/delta/content'),
      }
    }
  },
  mutants: {
    'content-array': editContent((content) => [{ type: 'text', text: content }]),
    'content-object': editContent((content) => ({ text: content })),
    'content-number': editContent((content) => content.length),
  },
  echoes: ['stream/empty-reply'],
})

function editContent(edit: (content: string) => unknown) {
  return editDeltas((delta: Draft) => {
    if (delta.content) delta.content = edit(delta.content)
  })
}
