import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showJson } from '../../observe/show-json.ts'
import { issue, OPENAI_CHUNK } from '../../check/sources.ts'
import { editDeltas } from '../../faults/index.ts'

export default defineCheck({
  id: 'chunk/role-value',
  title: 'The role of a delta is `assistant`',
  severity: 'error',
  since: '2026-11',
  dialect: 'chat',
  requirement: {
    text: 'The role of the author of this message: assistant, or none on later deltas',
    ...OPENAI_CHUNK,
    seenIn: issue('MiniMax-AI/MiniMax-M2.5', 2),
  },
  effect: 'Clients that validate chunks (Vercel AI SDK) reject the stream.',
  fix: 'Write "role": "assistant" into the first delta, and leave it out of the others.',
  probes: 'every-stream',
  needs: ['chunks'],
  signs: ['odd-chunk'],
  *inspect(evidence) {
    const wrong = evidence.chat.pieces.flatMap((piece) => {
      const role = piece.delta?.['role'] ?? 'assistant'
      return role === 'assistant' ? [] : { piece, role }
    })
    yield* onceFor(wrong, ({ piece, role }) => ({
      message: `The role of a delta is ${showJson(role)}.`,
      expected: '"assistant", or no role',
      actual: showJson(role),
      ...evidence.where(piece, '/delta/role'),
      severity: role === '' ? 'warning' : 'error',
    }))
  },
  mutants: {
    'role-ai': editDeltas((delta) => {
      if ('role' in delta) delta.role = 'ai'
    }),
    'role-empty': editDeltas((delta) => (delta.role ??= '')),
  },
  echoes: ['chunk/openai-schema', 'chunk/role-sent'],
})
