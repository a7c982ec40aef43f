import { defineCheck } from '../../check/define-check.ts'
import { ELEVENLABS, issue } from '../../check/sources.ts'
import { refuseWhen } from '../../faults/index.ts'
import { ECHOES_OF_REFUSAL } from './echoes-of-refusal.ts'
import { observeRefusals } from './observe-refusals.ts'
import { schemaFeatures } from './schema-features.ts'
import { toolFeatures, tools } from './tool-features.ts'

export default defineCheck({
  id: 'request/system-tools',
  title: "The platform's tools are accepted, with any JSON Schema as parameters",
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'System tools and client tools are offered in `tools`; their parameters are a JSON Schema',
    ...ELEVENLABS,
    seenIn: issue('anthropics/claude-code', 83_989),
  },
  effect: 'Every turn of an agent that has tools is refused, and the call ends.',
  fix: 'Pass the schemas on as they are; where the model knows less, simplify what it refuses: `"type": ["string", "null"]` to `"type": "string"`, `anyOf` to its first branch.',
  probes: 'every-stream',
  needs: ['exchange', 'request'],
  compare: (evidence) =>
    observeRefusals(
      evidence,
      ...Object.values(schemaFeatures),
      ...Object.values(toolFeatures),
      tools,
    ),
  mutants: {
    'reject-anyof': refuseWhen(
      schemaFeatures['schema-unions'].isIn,
      'Invalid schema for function: anyOf is not supported',
    ),
    'reject-type-lists': refuseWhen(
      schemaFeatures['schema-type-lists'].isIn,
      'Proto field is not repeating, cannot start list.',
    ),
    'reject-one-tool': refuseWhen(
      toolFeatures['tool:voicemail_detection'].isIn,
      'Tool names may have at most 16 characters',
    ),
    'reject-tools': refuseWhen(tools.isIn, 'Tools are not supported'),
  },
  echoes: ECHOES_OF_REFUSAL,
})
