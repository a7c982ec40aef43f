import { defineCheck } from '../../check.ts'
import { editStream } from '../../mutate/index.ts'
import { github } from '../../sources.ts'

/** A shorter text may well repeat itself: "no, no". */
const MIN_LENGTH = 20

export default defineCheck({
  id: 'chunk/final-repeat',
  title: 'The last delta does not repeat the whole reply',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'Each delta holds what is new; clients append it',
    ...github('tashfeenahmed/freellmapi', 1007),
  },
  effect: 'The agent says everything twice.',
  fix: 'Do not send the final message of your framework after its deltas.',
  probes: 'every-stream',
  needs: ['content'],
  *inspect(evidence) {
    for (const { index, content } of evidence.reply.choices) {
      const last = evidence.spoken.findLast(({ piece }) => piece.index === index)
      if (!last || last.text.length < MIN_LENGTH || content !== last.text + last.text) continue
      yield {
        message: 'The last delta repeats all the text before it.',
        expected: 'the new text only',
        actual: JSON.stringify(last.text.slice(0, 200)),
        ...evidence.where(last.piece, '/delta/content'),
      }
    }
  },
  mutants: {
    'final-full-text': editStream((chunks) => {
      const spoken = chunks.filter((chunk) => chunk.choices[0]?.delta.content)
      const last = spoken.at(-1)
      if (!last) return chunks
      const repeat = structuredClone(last)
      repeat.choices[0].delta.content = spoken
        .map((chunk) => chunk.choices[0].delta.content)
        .join('')
      return chunks.toSpliced(chunks.indexOf(last) + 1, 0, repeat)
    }),
  },
})
