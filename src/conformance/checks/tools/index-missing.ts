import { defineCheck } from '../../check.ts'
import { editFragments } from '../../mutate/index.ts'
import { github } from '../../sources.ts'
import { tally } from '../../tally.ts'

export default defineCheck({
  id: 'tools/index-missing',
  title: 'Every fragment of a tool call has an integer `index`',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'The index says which call a fragment belongs to, an integer',
    ...github('ollama/ollama', 7881),
  },
  effect:
    'openai-python raises, openai-node loses the call without a word; parallel calls cannot be told apart.',
  fix: 'Add "index": 0 (1, 2, ... for further calls) to each element of delta.tool_calls.',
  probes: 'every-stream',
  needs: ['tool-calls'],
  *inspect(evidence) {
    const seen = evidence.reply.contradictions.filter((each) => each.kind === 'tool-index-missing')
    for (const { first, count } of tally(seen)) {
      yield {
        message: `A fragment of a tool call has no integer \`index\`, so clients cannot join it.`,
        count,
        expected: 'an integer index on every element of delta.tool_calls',
        actual: JSON.stringify(first.fragment.json['index'] ?? null),
        ...evidence.where(first.fragment, ''),
      }
    }
  },
  mutants: {
    'tool-no-index': editFragments((fragment) => delete fragment.index),
    'tool-index-string': editFragments((fragment) => (fragment.index = String(fragment.index))),
  },
})
