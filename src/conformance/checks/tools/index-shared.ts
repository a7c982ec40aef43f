import { defineCheck } from '../../check.ts'
import { editFragments } from '../../mutate/index.ts'
import { github } from '../../sources.ts'
import { tally } from '../../tally.ts'

export default defineCheck({
  id: 'tools/index-shared',
  title: 'Two tool calls never share an index',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'Fragments with one index are one call',
    ...github('ollama/ollama', 15_457),
  },
  effect: 'Clients glue the arguments of both calls together: invalid JSON, and neither tool runs.',
  fix: 'Count the calls of a reply: index 0 for the first, 1 for the second, ...',
  probes: 'every-stream',
  needs: ['tool-calls'],
  *inspect(evidence) {
    const seen = evidence.reply.contradictions.filter((each) => each.kind === 'tool-index-shared')
    for (const { first, count } of tally(seen)) {
      yield {
        message: `Calls ${JSON.stringify(first.call.id)} and ${JSON.stringify(first.fragment.json['id'])} share index ${first.call.index}.`,
        count,
        expected: 'an index of its own for each call',
        ...evidence.where(first.fragment, '/index'),
      }
    }
  },
  mutants: {
    'tool-index-all-zero': editFragments((fragment) => (fragment.index = 0)),
  },
})
