import { defineCheck } from '../../check.ts'
import { editFragments } from '../../mutate/index.ts'
import { OPENAI_NODE } from '../../sources.ts'
import { tally } from '../../tally.ts'

export default defineCheck({
  id: 'tools/name-missing',
  title: 'The first fragment of a tool call names the function',
  severity: 'error',
  since: '2026-11',
  requirement: { text: 'The name of the function to call', ...OPENAI_NODE },
  effect: 'openai-node and the Vercel AI SDK raise; nothing can be called.',
  fix: 'Put function.name into the first fragment of every call.',
  probes: 'every-stream',
  needs: ['tool-calls'],
  *inspect(evidence) {
    const openings = evidence.calls.map(({ fragments }) => fragments[0]!)
    const lacking = openings.filter((opening) => {
      const name = opening.function['name']
      return typeof name !== 'string' || name === ''
    })
    for (const { first, count } of tally(lacking)) {
      yield {
        message: `A tool call starts without the name of a function.`,
        count,
        expected: 'function.name on its first fragment',
        ...evidence.where(first, '/function'),
      }
    }
  },
  mutants: { 'tool-no-name': editFragments((fragment) => delete fragment.function.name) },
})
