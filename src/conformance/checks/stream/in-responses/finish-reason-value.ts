import { isJsonObject } from '../../../../protocol/index.ts'
import { defineCheck } from '../../../check/define-check.ts'
import { RESPONSES_EVENTS } from '../../../check/sources.ts'
import { editEach } from '../../../faults/index.ts'
import { onceFor } from '../../../observe/once-for.ts'
import { showJson } from '../../../observe/show-json.ts'

const STATUSES: readonly unknown[] = [
  'completed',
  'failed',
  'in_progress',
  'cancelled',
  'queued',
  'incomplete',
]
const REASONS: readonly unknown[] = ['max_output_tokens', 'content_filter']

export default defineCheck({
  id: 'stream/finish-reason-value',
  title: 'The status of a response, and why it is incomplete, are among those that OpenAI defines',
  severity: 'warning',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'completed, failed, in_progress, cancelled, queued or incomplete; incomplete for max_output_tokens or content_filter',
    ...RESPONSES_EVENTS,
  },
  effect:
    'Typed clients reject the event; others cannot tell a reply that was cut from a whole one.',
  fix: 'Map the reasons of your model: "length" to response.incomplete with the reason "max_output_tokens", "stop" to response.completed.',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect(evidence) {
    const { responses } = evidence.responses
    const statuses = responses.flatMap(({ event, response }) => {
      const status = response?.['status'] ?? null
      return status === null || STATUSES.includes(status) ? [] : { event, status }
    })
    yield* onceFor(statuses, ({ event, status }) => ({
      message: `The status of a response is ${showJson(status)}.`,
      expected: STATUSES.join(', '),
      actual: showJson(status),
      ...evidence.where({ event, path: '/response/status' }),
    }))
    const reasons = responses.flatMap(({ event, response }) => {
      const details = response?.['incomplete_details']
      const reason = isJsonObject(details) ? (details['reason'] ?? null) : null
      return reason === null || REASONS.includes(reason) ? [] : { event, reason }
    })
    yield* onceFor(reasons, ({ event, reason }) => ({
      message: `A response is incomplete for the reason ${showJson(reason)}.`,
      expected: REASONS.join(' or '),
      actual: showJson(reason),
      ...evidence.where({ event, path: '/response/incomplete_details/reason' }),
    }))
  },
  mutants: {
    'status-done': editEach(/^response\.completed$/, ({ response }) => (response.status = 'done')),
    'reason-length': editEach(
      /^response\.incomplete$/,
      ({ response }) => (response.incomplete_details.reason = 'length'),
    ),
  },
})
