import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { issue, OPENAI_CHUNK } from '../../check/sources.ts'
import { type Draft, editStream } from '../../faults/index.ts'

export default defineCheck({
  id: 'stream/content-after-finish',
  title: 'Nothing is added to a choice after its finish_reason',
  severity: 'error',
  since: '2026-11',
  dialect: 'chat',
  requirement: {
    text: 'A finish_reason means that the model has stopped generating',
    ...OPENAI_CHUNK,
    seenIn: issue('open-webui/open-webui', 16_377),
  },
  effect:
    'Clients that stop at the finish_reason lose what follows: the end of a sentence, or a tool call.',
  fix: 'Send the finish_reason in the last chunk of its choice; only usage may follow.',
  probes: 'every-stream',
  needs: ['chunks'],
  signs: ['contradiction'],
  *inspect(evidence) {
    yield* onceFor(evidence.chat.contradictions('after-finish'), ({ piece, member }) => ({
      message: `${member === 'content' ? 'Text' : 'A tool call'} came after the finish_reason of choice ${piece.index}.`,
      expected: 'no content and no tool call after finish_reason',
      ...evidence.where(piece, `/delta/${member}`),
    }))
  },
  mutants: {
    'late-content': editStream((chunks) => finishEarly(chunks, ({ delta }) => delta.content)),
    'late-tool': editStream((chunks) => finishEarly(chunks, ({ delta }) => delta.tool_calls)),
  },
})

/** Moves the chunk that finishes the first choice before the last one that carries something. */
function finishEarly(chunks: Draft[], carries: (choice: Draft) => unknown): Draft[] {
  const finish = chunks.findIndex(({ choices }) => choices[0]?.finish_reason)
  const last = chunks.findLastIndex(({ choices }) => choices[0] && carries(choices[0]))
  if (finish < 0 || last < 0) return chunks
  return chunks.toSpliced(finish, 1).toSpliced(last, 0, chunks[finish])
}
