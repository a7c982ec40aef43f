import { defineCheck } from '../../check.ts'
import { editFragments } from '../../mutate/index.ts'
import { OPENAI_NODE } from '../../sources.ts'
import { tally } from '../../tally.ts'

export default defineCheck({
  id: 'tools/type',
  title: 'The first fragment of a tool call has the type `function`',
  severity: 'warning',
  since: '2026-11',
  requirement: { text: 'The type of the tool: function', ...OPENAI_NODE },
  effect: "openai-node's stream helper raises on a call without a type.",
  fix: 'Add "type": "function" to the first fragment of every call.',
  probes: 'every-stream',
  needs: ['tool-calls'],
  *inspect(evidence) {
    const openings = evidence.calls.map(({ fragments }) => fragments[0]!)
    const wrong = openings.filter(({ json }) => json['type'] !== 'function')
    for (const { first, count } of tally(wrong)) {
      yield {
        message: `A tool call starts without the type "function".`,
        count,
        expected: '"type": "function" on its first fragment',
        actual: JSON.stringify(first.json['type'] ?? null),
        ...evidence.where(first),
      }
    }
  },
  mutants: { 'tool-no-type': editFragments((fragment) => delete fragment.type) },
})
