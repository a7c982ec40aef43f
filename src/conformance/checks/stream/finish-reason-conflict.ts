import { defineCheck } from '../../check.ts'
import { editStream } from '../../mutate/index.ts'
import { OPENAI_CHUNK } from '../../sources.ts'

export default defineCheck({
  id: 'stream/finish-reason-conflict',
  title: 'A choice has one finish_reason',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'The reason the model stopped generating tokens: one, though it may be repeated',
    ...OPENAI_CHUNK,
  },
  effect:
    'Clients act on the first or on the last one: a tool call may be dropped, or a cut answer taken for whole.',
  fix: 'Decide on the reason when the choice is over, and send that one.',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect(evidence) {
    for (const contradiction of evidence.reply.contradictions) {
      if (contradiction.kind !== 'finish-reason-conflict') continue
      const { piece, earlier } = contradiction
      yield {
        message: `Choice ${piece.index} ended twice, for different reasons.`,
        expected: JSON.stringify(earlier),
        actual: JSON.stringify(piece.json['finish_reason']),
        ...evidence.where(piece, '/finish_reason'),
      }
    }
  },
  mutants: {
    'finish-stop-then-tools': editStream((chunks) =>
      chunks.flatMap((chunk) => {
        if (!chunk.choices[0]?.finish_reason) return chunk
        const [first, second] = [structuredClone(chunk), structuredClone(chunk)]
        first.choices[0].finish_reason = 'stop'
        second.choices[0].finish_reason = 'tool_calls'
        return [first, second]
      }),
    ),
  },
  echoes: ['tools/finish-reason'],
})
