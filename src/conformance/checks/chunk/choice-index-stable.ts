import { defineCheck } from '../../check.ts'
import { editChoices } from '../../mutate/index.ts'
import { github } from '../../sources.ts'
import { tally } from '../../tally.ts'

export default defineCheck({
  id: 'chunk/choice-index-stable',
  title: 'A reply that is one choice has index 0 throughout',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'The index counts choices, of which there are as many as `n` asked for; it does not count chunks',
    ...github('microsoft/Foundry-Local', 221),
  },
  effect:
    'Clients take each chunk for another answer and speak the first one only: a single token.',
  fix: 'Write "index": 0, whatever the number of the chunk.',
  probes: 'every-stream',
  needs: ['request', 'chunks'],
  *inspect(evidence) {
    if (((evidence.request!['n'] as number | null) ?? 1) > 1) return
    const wrong = evidence.reply.pieces.filter(({ index }) => index !== 0)
    for (const { first, count } of tally(wrong)) {
      yield {
        message: `A choice has index ${first.index}, though one answer was asked for.`,
        count,
        expected: '"index": 0',
        actual: `"index": ${first.index}`,
        ...evidence.where(first, '/index'),
      }
    }
  },
  mutants: { 'choice-index-increments': editChoices((choice, i) => (choice.index = i)) },
  echoes: [
    'chunk/role-sent',
    'stream/empty-reply',
    'stream/finish-reason-missing',
    'tools/index-gap',
    'tools/id-missing',
    'tools/name-missing',
    'tools/type',
    'tools/arguments-json',
    'tools/arguments-object',
    'tools/arguments-empty',
    'tools/arguments-schema',
    'tools/finish-reason',
  ],
})
