import { isJsonObject, type Json, type JsonObject } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { PIPECAT_RESPONSES } from '../../check/sources.ts'
import { refuseAsked } from '../../faults/index.ts'
import type { AskedFeature } from './asked-feature.ts'
import { ECHOES_OF_REFUSAL } from './echoes-of-refusal.ts'
import { observeAsked } from './observe-asked.ts'

export const strictNull: AskedFeature = {
  name: '`"strict": null` in a tool',
  isIn: (asked) => toolsIn(asked).some(isUndecided),
  removeFrom: (asked) => ({
    ...asked,
    tools: toolsIn(asked).map((tool) => {
      if (!isUndecided(tool)) return tool
      const { strict: _, ...rest } = tool
      return rest
    }),
  }),
}

export default defineCheck({
  id: 'request/strict-null',
  title: '`strict` of a tool may be null, false, or absent',
  severity: 'warning',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'Each tool has `"strict": null`',
    ...PIPECAT_RESPONSES,
  },
  effect: 'Every turn of an agent that has tools is refused.',
  fix: 'Take null, and a `strict` that is not there, for false.',
  probes: 'every-stream',
  needs: ['exchange'],
  compare: (evidence) => observeAsked(evidence, strictNull),
  mutants: {
    'reject-strict-null': refuseAsked(strictNull.isIn, 'tools[0].strict: expected a boolean'),
  },
  echoes: ECHOES_OF_REFUSAL,
})

function toolsIn({ tools }: JsonObject): Json[] {
  return Array.isArray(tools) ? tools : []
}

function isUndecided(tool: Json): tool is JsonObject {
  return isJsonObject(tool) && tool['strict'] === null
}
