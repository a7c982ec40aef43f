import { defineCheck } from '../../check/define-check.ts'
import { showJson } from '../../observe/show-json.ts'
import { issue, OPENAI_CHUNK } from '../../check/sources.ts'
import { editStream } from '../../faults/index.ts'

/** A shorter text may well repeat itself: "no, no". */
const MIN_LENGTH = 20
/** Of fewer, the last may be a sentence that was said twice. */
const MIN_DELTAS = 3

export default defineCheck({
  id: 'chunk/final-repeat',
  title: 'The last delta does not repeat the whole reply',
  severity: 'error',
  since: '2026-11',
  dialect: 'chat',
  requirement: {
    text: 'A delta holds what is new; clients append it',
    ...OPENAI_CHUNK,
    seenIn: issue('tashfeenahmed/freellmapi', 1007),
  },
  effect: 'The agent says everything twice.',
  fix: 'Do not send the final message of your framework after its deltas.',
  probes: 'every-stream',
  needs: ['content'],
  *inspect(evidence) {
    for (const { index, text: content } of evidence.chat.choices) {
      const spoken = evidence.spokenByChoice.get(index) ?? []
      const last = spoken.findLast(({ text }) => text.trim() !== '')
      if (!last || spoken.length < MIN_DELTAS || last.text.trim().length < MIN_LENGTH) continue
      const before = content.trimEnd().slice(0, -last.text.trim().length)
      if (before.trim() !== last.text.trim()) continue
      yield {
        message: 'The last delta repeats all the text before it.',
        expected: 'the new text only',
        actual: showJson(last.text),
        ...evidence.where(last),
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
