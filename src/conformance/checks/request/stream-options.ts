import { defineCheck } from '../../check/define-check.ts'
import { ELEVENLABS, issue } from '../../check/sources.ts'
import { refuseWhen } from '../../faults/index.ts'
import { ECHOES_OF_REFUSAL } from './echoes-of-refusal.ts'
import { observeRefusals } from './observe-refusals.ts'
import { member, type RequestFeature } from './request-feature.ts'

export const streamOptions: RequestFeature = member('stream_options')

export default defineCheck({
  id: 'request/stream-options',
  title: '`stream_options` is accepted',
  severity: 'error',
  since: '2026-11',
  dialect: 'chat',
  requirement: {
    text: 'The platform asks for usage: `"stream_options": {"include_usage": true}`',
    ...ELEVENLABS,
    seenIn: issue('modelscope/ms-agent', 489),
  },
  effect: 'Every turn is refused, and the call ends.',
  fix: 'Accept `stream_options`; honour `include_usage`, or ignore it.',
  probes: 'every-stream',
  needs: ['exchange', 'request'],
  compare: (evidence) => observeRefusals(evidence, streamOptions),
  mutants: {
    'reject-stream-options': refuseWhen(
      streamOptions.isIn,
      'Unrecognized request argument supplied: stream_options',
    ),
  },
  echoes: ECHOES_OF_REFUSAL,
})
