import { defineCheck } from '../../check/define-check.ts'
import { showJson } from '../../observe/show-json.ts'
import { issue, OPENAI_CHUNK, RESPONSES_EVENTS } from '../../check/sources.ts'
import { editEvents, editStream, renumbered } from '../../faults/index.ts'

/** A shorter text may well repeat itself: "no, no". */
const MIN_LENGTH = 20
/** Of fewer, the last may be a sentence that was said twice. */
const MIN_DELTAS = 3

export default defineCheck({
  id: 'chunk/final-repeat',
  title: 'The last delta does not repeat the whole reply',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'A delta holds what is new; clients append it',
    ...OPENAI_CHUNK,
    seenIn: issue('tashfeenahmed/freellmapi', 1007),
  },
  effect: 'The agent says everything twice.',
  fix: 'Do not send the final message of your framework after its deltas.',
  wordsIn: {
    responses: {
      requirement: {
        text: 'A delta holds the text that was added; the whole text follows in the events that close it',
        ...RESPONSES_EVENTS,
        seenIn: issue('tashfeenahmed/freellmapi', 1007),
      },
    },
  },
  probes: 'every-stream',
  needs: ['content'],
  *inspect(evidence) {
    for (const spoken of evidence.runs) {
      const last = spoken.findLast(({ text }) => text.trim() !== '')
      if (!last || spoken.length < MIN_DELTAS || last.text.trim().length < MIN_LENGTH) continue
      const content = spoken.map(({ text }) => text).join('')
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
  mutants: {},
  mutantsIn: {
    chat: {
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
    responses: {
      'final-full-text': editEvents((events) => {
        let text = ''
        return renumbered(
          events.flatMap((event) => {
            if (event.type === 'response.content_part.added') text = ''
            if (event.type === 'response.output_text.delta') text += event.delta
            return event.type === 'response.output_text.done'
              ? [{ ...event, type: 'response.output_text.delta', delta: text }, event]
              : event
          }),
        )
      }),
    },
  },
  echoes: ['stream/text-matches-done'],
})
