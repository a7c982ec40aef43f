import { defineCheck } from '../../check.ts'
import { editDeltas } from '../../mutate/index.ts'
import { OPENAI_CHUNK } from '../../sources.ts'
import { tally } from '../../tally.ts'

export default defineCheck({
  id: 'chunk/role-value',
  title: 'The role of a delta is `assistant`',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'The role of the author of this message: assistant; null or absent on later deltas',
    ...OPENAI_CHUNK,
  },
  effect: 'Clients that validate chunks (Vercel AI SDK) reject the stream.',
  fix: 'Write "role": "assistant" into the first delta, and leave it out of the others.',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect(evidence) {
    const wrong = evidence.reply.pieces.filter(({ delta }) => {
      const role = delta?.['role'] ?? 'assistant'
      return role !== 'assistant'
    })
    for (const { first, count } of tally(wrong)) {
      const role = first.delta!['role']!
      yield {
        message: `The role of a delta is ${JSON.stringify(role)}.`,
        count,
        expected: '"assistant", or no role',
        actual: JSON.stringify(role),
        ...evidence.where(first, '/delta/role'),
        severity: role === '' ? 'warning' : 'error',
      }
    }
  },
  mutants: {
    'role-ai': editDeltas((delta) => {
      if ('role' in delta) delta.role = 'ai'
    }),
    'role-empty': editDeltas((delta) => (delta.role ??= '')),
  },
  echoes: ['chunk/role-sent'],
})
