import { isJsonObject } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { LIVEKIT_RESPONSES } from '../../check/sources.ts'
import { showJson } from '../../observe/show-json.ts'
import { isFinished } from '../../observe/is-finished.ts'
import { refuseAsked } from '../../faults/index.ts'
import type { AskedFeature } from './asked-feature.ts'
import { ECHOES_OF_REFUSAL } from './echoes-of-refusal.ts'
import { observeAsked } from './observe-asked.ts'
import { without } from './request-feature.ts'

export const toolChoiceFlat: AskedFeature = {
  name: 'a `tool_choice` that names a tool',
  isIn: ({ tool_choice: choice }) => isJsonObject(choice),
  removeFrom: without('tool_choice'),
}

export default defineCheck({
  id: 'request/tool-choice-flat',
  title: 'A `tool_choice` that names a tool is obeyed, or refused by name',
  severity: 'warning',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'tool_choice: {"type": "function", "name": "..."}',
    ...LIVEKIT_RESPONSES,
  },
  effect: 'A client that relies on a call gets words instead, or is refused without a reason.',
  fix: 'Hand the choice on to your model, in the form that it knows; if it cannot be forced, refuse the request, and name `tool_choice`.',
  probes: ['chain'],
  needs: ['exchange'],
  dependsOnModel: 'choice',
  *inspect(evidence) {
    const choice = evidence.asked?.['tool_choice']
    if (!isJsonObject(choice) || !isFinished(evidence)) return
    const { name } = choice
    if (evidence.calls.some((call) => call.name === name)) return
    yield {
      message: `The reply does not call ${showJson(name)}, although tool_choice names it.`,
      expected: `a call of ${showJson(name)}, or status 400`,
      actual: evidence.calls[0]?.name ?? evidence.text,
    }
  },
  compare: (evidence) => observeAsked(evidence, toolChoiceFlat, /tool_choice/),
  mutants: {
    'reject-flat-tool-choice': refuseAsked(
      toolChoiceFlat.isIn,
      'Invalid type: expected one of "none", "auto" and "required", but got an object.',
    ),
  },
  echoes: ECHOES_OF_REFUSAL,
})
