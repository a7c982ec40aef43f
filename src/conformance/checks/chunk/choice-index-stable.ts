import { defineCheck } from '../../check/define-check.ts'
import { skip } from '../../check/gap.ts'
import { onceFor } from '../../check/once-for.ts'
import { issue, OPENAI_CHUNK } from '../../check/sources.ts'
import { editChoices } from '../../faults/index.ts'

export default defineCheck({
  id: 'chunk/choice-index-stable',
  title: 'With `n` = 1, every choice has index 0',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'The index of the choice in the list of choices, of which there are as many as n asked for',
    ...OPENAI_CHUNK,
    seenIn: issue('microsoft/Foundry-Local', 221),
  },
  effect: 'Clients treat each chunk as a separate answer and speak only the first token.',
  fix: 'Write "index": 0, whatever the number of the chunk.',
  probes: 'every-stream',
  needs: ['request', 'chunks'],
  *inspect(evidence) {
    const { n } = evidence.request
    if (typeof n === 'number' && n > 1) return skip(`the request asked for ${n} choices`)
    const wrong = evidence.reply.pieces.filter(({ index }) => index !== 0)
    yield* onceFor(wrong, (first) => ({
      message: `A choice has index ${first.index}, although only one was requested.`,
      expected: '"index": 0',
      actual: `"index": ${first.index}`,
      ...evidence.where(first, '/index'),
    }))
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
