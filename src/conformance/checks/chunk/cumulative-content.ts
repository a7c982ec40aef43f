import { defineCheck } from '../../check.ts'
import { editStream } from '../../mutate/index.ts'
import { github } from '../../sources.ts'

const MIN_REPEATS = 3

export default defineCheck({
  id: 'chunk/cumulative-content',
  title: 'Deltas are increments, not the text so far',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'Each delta holds what is new; clients append it',
    ...github('QwenLM/qwen-code', 3896),
  },
  effect: 'The voice starts again from the beginning with every chunk.',
  fix: 'Send only what was added since the last chunk (DashScope: incremental_output=true).',
  probes: 'every-stream',
  needs: ['content'],
  *inspect(evidence) {
    for (const { index } of evidence.reply.choices) {
      const spoken = evidence.spoken.filter(({ piece }) => piece.index === index)
      const texts = spoken.map(({ text }) => text)
      const grows = texts.slice(1).every((text, i) => text.startsWith(texts[i]!))
      const longer = texts.slice(1).filter((text, i) => text.length > texts[i]!.length)
      if (!grows || longer.length < MIN_REPEATS) continue
      yield {
        message: `Each of ${texts.length} deltas repeats the whole text before it.`,
        expected: 'the new text only',
        actual: `${JSON.stringify(texts[0])}, then ${JSON.stringify(texts[1])}`,
        ...evidence.where(spoken[1]!.piece, '/delta/content'),
      }
    }
  },
  mutants: {
    cumulative: editStream((chunks) => {
      let text = ''
      for (const { choices } of chunks) {
        const delta = choices[0]?.delta
        if (delta?.content) delta.content = text += delta.content
      }
      return chunks
    }),
  },
})
