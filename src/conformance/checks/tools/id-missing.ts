import { defineCheck } from '../../check.ts'
import { editFragments } from '../../mutate/index.ts'
import { OPENAI_CHUNK } from '../../sources.ts'
import { tally } from '../../tally.ts'

export default defineCheck({
  id: 'tools/id-missing',
  title: 'The first fragment of a tool call has an id',
  severity: 'error',
  since: '2026-11',
  requirement: { text: 'The ID of the tool call, a string', ...OPENAI_CHUNK },
  effect: 'The result of the tool cannot be matched to the call, so the next turn is refused.',
  fix: 'Give each call an id that is unique in the conversation ("call_" and a random string).',
  probes: 'every-stream',
  needs: ['tool-calls'],
  *inspect(evidence) {
    const openings = evidence.calls.map(({ fragments }) => fragments[0]!)
    const lacking = openings.filter(({ json: { id } }) => typeof id !== 'string' || id === '')
    for (const { first, count } of tally(lacking)) {
      yield {
        message: `A tool call starts without an id.`,
        count,
        expected: 'a non-empty string id on its first fragment',
        actual: JSON.stringify(first.json['id'] ?? null),
        ...evidence.where(first),
      }
    }
  },
  mutants: {
    'tool-no-id': editFragments((fragment) => delete fragment.id),
    'tool-id-null': editFragments((fragment) => (fragment.id = null)),
  },
})
