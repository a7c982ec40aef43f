import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { issue, OPENAI_CHUNK } from '../../check/sources.ts'
import { editChoices } from '../../faults/index.ts'

export default defineCheck({
  id: 'chunk/choice-index-stable',
  title: 'Every choice has an index below `n`, which is 1 unless asked for',
  severity: 'error',
  since: '2026-11',
  dialect: 'chat',
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
    const n = typeof evidence.request['n'] === 'number' ? evidence.request['n'] : 1
    const wrong = evidence.chat.pieces.filter(({ index }) => index >= n)
    yield* onceFor(wrong, (first) => ({
      message: `A choice has index ${first.index}, although only ${n === 1 ? 'one was' : `${n} were`} requested.`,
      expected: n === 1 ? '"index": 0' : `"index" from 0 to ${n - 1}`,
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
