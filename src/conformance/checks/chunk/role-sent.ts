import { defineCheck } from '../../check.ts'
import { editDeltas } from '../../mutate/index.ts'
import { OPENAI_NODE } from '../../sources.ts'

export default defineCheck({
  id: 'chunk/role-sent',
  title: 'Some delta says `"role": "assistant"`',
  severity: 'warning',
  since: '2026-11',
  requirement: { text: 'The joined message has a role', ...OPENAI_NODE },
  effect:
    'openai-node\'s stream helper raises "missing role for choice 0"; LangChain drops tool calls.',
  fix: 'Send {"role": "assistant", "content": ""} as the first delta.',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect(evidence) {
    const { pieces, choices } = evidence.reply
    for (const choice of choices.filter(({ role }) => role === undefined)) {
      const first = pieces.find(({ index }) => index === choice.index)!
      yield {
        message: 'No delta of the reply has a role.',
        expected: '"role": "assistant" in the first delta',
        ...evidence.where(first, '/delta'),
      }
    }
  },
  mutants: { 'no-role': editDeltas((delta) => delete delta.role) },
})
