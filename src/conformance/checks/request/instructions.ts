import { defineCheck } from '../../check/define-check.ts'
import { mentions, NONCES } from '../../evidence/nonces.ts'
import { ELEVENLABS } from '../../check/sources.ts'
import { isFinished } from '../../observe/is-finished.ts'
import { refuseAsked, rewriteAsked } from '../../faults/index.ts'
import { type AskedFeature, itemsIn } from './asked-feature.ts'
import { ECHOES_OF_REFUSAL } from './echoes-of-refusal.ts'
import { observeAsked } from './observe-asked.ts'

const [IN_INSTRUCTIONS, IN_INPUT] = NONCES['long-history']

export const instructions: AskedFeature = {
  name: '`instructions`',
  isIn: (asked) => typeof asked['instructions'] === 'string',
  removeFrom: ({ instructions: content = '', ...asked }) => ({
    ...asked,
    input: [{ type: 'message', role: 'system', content }, ...itemsIn(asked)],
  }),
}

export default defineCheck({
  id: 'request/instructions',
  title: '`instructions` are accepted, and obeyed',
  severity: 'error',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'instructions: the system prompt of the agent',
    ...ELEVENLABS,
  },
  effect: 'Every turn is refused; or the agent does not know who it is.',
  fix: 'Put `instructions` before the input, as its system prompt.',
  probes: 'every-stream',
  needs: ['exchange'],
  dependsOnModel: 'choice',
  *inspect(evidence) {
    if (evidence.probe !== 'long-history' || !isFinished(evidence)) return
    const { asked, text } = evidence
    if (!asked || !mentions(JSON.stringify(asked['instructions'] ?? ''), IN_INSTRUCTIONS)) return
    // A model that knows nothing of the call has another fault.
    if (mentions(text, IN_INSTRUCTIONS) || !mentions(text, IN_INPUT)) return
    yield {
      message: `The reply lacks "${IN_INSTRUCTIONS}", which stands in the instructions and was asked for.`,
      expected: `a reply that says "${IN_INSTRUCTIONS}"`,
      actual: text,
    }
  },
  compare: (evidence) => observeAsked(evidence, instructions),
  mutants: {
    'reject-instructions': refuseAsked(instructions.isIn, "Unknown parameter: 'instructions'."),
    'ignore-instructions': rewriteAsked(({ instructions: _, ...asked }) => asked),
  },
  echoes: [...ECHOES_OF_REFUSAL, 'request/plain-fields'],
})
