import { defineCheck } from '../../check/define-check.ts'
import { ELEVENLABS, issue } from '../../check/sources.ts'
import { refuseWhen } from '../../faults/index.ts'
import { observeRefusals } from '../../features/observe-refusals.ts'
import { REQUEST_FEATURES } from '../../features/request-features.ts'

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
  fix: 'Pass the schemas on as they are; where the model knows less, simplify `anyOf` and null types.',
  probes: 'every-stream',
  needs: ['exchange', 'request'],
  compare: (evidence) => observeRefusals(evidence, 'schema-unions', 'tools'),
  mutants: {
    'reject-anyof': refuseWhen(
      REQUEST_FEATURES['schema-unions'].isIn,
      'Invalid schema for function: anyOf is not supported',
    ),
  },
  echoes: ['transport/status-ok', 'transport/content-type'],
})
