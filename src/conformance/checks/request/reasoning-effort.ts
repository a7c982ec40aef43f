import { isJsonObject } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { LIVEKIT_RESPONSES } from '../../check/sources.ts'
import { refuseAsked } from '../../faults/index.ts'
import type { AskedFeature } from './asked-feature.ts'
import { ECHOES_OF_REFUSAL } from './echoes-of-refusal.ts'
import { observeAsked } from './observe-asked.ts'
import { without } from './request-feature.ts'

export const reasoningEffort: AskedFeature = {
  name: '`reasoning`',
  isIn: ({ reasoning }) => isJsonObject(reasoning),
  removeFrom: without('reasoning'),
}

export default defineCheck({
  id: 'request/reasoning-effort',
  title: '`reasoning` is accepted, or refused by name',
  severity: 'warning',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'For models named gpt-5, `"reasoning": {"effort": "none"}`, or "minimal", is sent unasked',
    ...LIVEKIT_RESPONSES,
  },
  effect: 'Every turn is refused, and nobody has asked for what is refused.',
  fix: 'Ignore `reasoning` where your model does not think; where an effort is not supported, refuse it, and name `reasoning.effort`.',
  probes: ['chain'],
  needs: ['exchange'],
  compare: (evidence) => observeAsked(evidence, reasoningEffort, /reasoning/i),
  mutants: {
    'reject-reasoning': refuseAsked(reasoningEffort.isIn, 'Extra inputs are not permitted', 422),
  },
  echoes: ECHOES_OF_REFUSAL,
})
