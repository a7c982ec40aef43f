import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { OPENAI_NODE } from '../../check/sources.ts'
import { editFragments } from '../../faults/index.ts'

export default defineCheck({
  id: 'tools/name-missing',
  title: 'The first fragment of a tool call names the function',
  severity: 'error',
  since: '2026-11',
  dialect: 'chat',
  requirement: { text: 'The name of the function to call', ...OPENAI_NODE },
  effect: 'openai-node and the Vercel AI SDK throw; nothing can be called.',
  fix: 'Put function.name into the first fragment of every call.',
  probes: 'every-stream',
  needs: ['tool-calls'],
  signs: ['odd-call'],
  *inspect(evidence) {
    const openings = evidence.chat.calls.map(({ opening }) => opening)
    const lacking = openings.filter(
      ({ function: { name } }) => typeof name !== 'string' || name === '',
    )
    yield* onceFor(lacking, (first) => ({
      message: 'A tool call starts without a function name.',
      expected: 'function.name on its first fragment',
      ...evidence.where(first, '/function'),
    }))
  },
  mutants: { 'tool-no-name': editFragments((fragment) => delete fragment.function.name) },
})
