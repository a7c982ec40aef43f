import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { issue, OPENAI_NODE } from '../../check/sources.ts'
import { editDeltas } from '../../faults/index.ts'

export default defineCheck({
  id: 'chunk/role-sent',
  title: 'The reply has an assistant role',
  severity: 'warning',
  since: '2026-11',
  dialect: 'chat',
  requirement: {
    text: 'The assembled message has a role',
    ...OPENAI_NODE,
    seenIn: issue('diegosouzapw/OmniRoute', 3911),
  },
  effect:
    'openai-node\'s stream helper throws "missing role for choice 0"; LangChain drops tool calls.',
  fix: 'Send {"role": "assistant", "content": ""} as the first delta.',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect(evidence) {
    const lacking = evidence.chat.choices.filter(({ role }) => role === undefined)
    yield* onceFor(lacking, ({ opening }) => ({
      message: 'No delta of the reply has a role.',
      expected: '"role": "assistant" in the first delta',
      ...evidence.where(opening, '/delta'),
    }))
  },
  mutants: { 'no-role': editDeltas((delta) => delete delta.role) },
})
