import type { TextPiece } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { showJson } from '../../observe/show-json.ts'
import { issue, OPENAI_CHUNK, RESPONSES_EVENTS } from '../../check/sources.ts'
import { editEvents, editStream } from '../../faults/index.ts'

/** Fewer may be chance: "ha", "haha". */
const MIN_REPEATS = 3

export default defineCheck({
  id: 'chunk/cumulative-content',
  title: 'Deltas are increments, not the text so far',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'A delta holds what is new; clients append it',
    ...OPENAI_CHUNK,
    seenIn: issue('QwenLM/qwen-code', 3896),
  },
  effect: 'The voice starts over from the beginning with every delta.',
  fix: 'Send only what was added since the last chunk (DashScope: incremental_output=true).',
  wordsIn: {
    responses: {
      requirement: {
        text: 'A delta holds the text that was added; clients append it',
        ...RESPONSES_EVENTS,
        seenIn: issue('QwenLM/qwen-code', 3896),
      },
      fix: 'Send only what was added since the last delta.',
    },
  },
  probes: 'every-stream',
  needs: ['content'],
  *inspect(evidence) {
    for (const all of evidence.runs) {
      if (!isCumulative(all)) continue
      const spoken = all.filter(({ text }) => text.trim() !== '')
      const before = (i: number) => spoken[i - 1]?.text ?? ''
      const longer = spoken.filter(({ text }, i) => i > 0 && text.length > before(i).length)
      const [first] = longer
      if (!first || longer.length < MIN_REPEATS) continue
      yield {
        message: `Each of ${spoken.length} deltas repeats all the text before it.`,
        expected: 'the new text only',
        actual: `${showJson(before(spoken.indexOf(first)))}, then ${showJson(first.text)}`,
        ...evidence.where(first),
      }
    }
  },
  mutants: {},
  mutantsIn: {
    chat: {
      cumulative: editStream((chunks) => {
        let text = ''
        for (const { choices } of chunks) {
          const delta = choices[0]?.delta
          if (delta?.content) delta.content = text += delta.content
        }
        return chunks
      }),
    },
    responses: {
      cumulative: editEvents((events) => {
        let text = ''
        for (const event of events) {
          if (event.type === 'response.content_part.added') text = ''
          if (event.type === 'response.output_text.delta') event.delta = text += event.delta
        }
        return events
      }),
    },
  },
  echoes: ['voice/spaces-lost', 'stream/text-matches-done'],
})

/** Whether each piece that is not blank begins with all of the one before it. */
function isCumulative(pieces: readonly TextPiece[]): boolean {
  let before = ''
  for (const { text } of pieces) {
    if (text.trim() === '') continue
    if (!text.startsWith(before)) return false
    before = text
  }
  return true
}
