import { defineCheck } from '../../check/define-check.ts'
import { showJson } from '../../observe/show-json.ts'
import { OPENAI_CHUNK } from '../../check/sources.ts'
import { editStream } from '../../faults/index.ts'

export default defineCheck({
  id: 'stream/finish-reason-conflict',
  title: 'A choice has one finish_reason',
  severity: 'error',
  since: '2026-11',
  dialect: 'chat',
  requirement: { text: 'The reason the model stopped generating tokens', ...OPENAI_CHUNK },
  effect:
    'Clients act on the first reason or on the last: a tool call may be dropped, or a cut answer taken as complete.',
  fix: 'Decide on the reason when the choice is finished, and send only that one.',
  probes: 'every-stream',
  needs: ['chunks'],
  signs: ['contradiction'],
  *inspect(evidence) {
    for (const { piece, earlier } of evidence.chat.contradictions('finish-reason-conflict')) {
      yield {
        message: `Choice ${piece.index} ends twice, for different reasons.`,
        expected: showJson(earlier),
        actual: showJson(piece.json['finish_reason']),
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
