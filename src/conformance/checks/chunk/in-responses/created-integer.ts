import { inMilliseconds } from '../../../evidence/in-milliseconds.ts'
import { defineCheck } from '../../../check/define-check.ts'
import { issue, RESPONSES_EVENTS } from '../../../check/sources.ts'
import { editEach } from '../../../faults/index.ts'
import { onceFor } from '../../../observe/once-for.ts'
import { showJson } from '../../../observe/show-json.ts'

export default defineCheck({
  id: 'chunk/created-integer',
  title: '`created_at` is a whole number of seconds',
  severity: 'warning',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'Unix timestamp (in seconds) of when this Response was created',
    ...RESPONSES_EVENTS,
    seenIn: issue('EricLBuehler/mistral.rs', 1805),
  },
  effect: 'Typed clients reject the event, or date the answer tens of thousands of years ahead.',
  fix: 'Write int(time.time()), or Math.floor(Date.now() / 1000).',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect(evidence) {
    const wrong = evidence.responses.responses.flatMap(({ event, response }) => {
      const created = response?.['created_at'] ?? null
      const fault = faultOf(created)
      return fault === undefined ? [] : { event, fault, created }
    })
    yield* onceFor(wrong, ({ event, fault, created }) => ({
      message: `\`created_at\` is ${fault}.`,
      expected: 'a whole number of seconds since 1970',
      actual: showJson(created),
      ...evidence.where({ event, path: '/response/created_at' }),
    }))
  },
  mutants: {
    'created-ms': editEach(/./, ({ response }) => {
      if (response) response.created_at *= 1000
    }),
    'created-string': editEach(/./, ({ response }) => {
      if (response) response.created_at = String(response.created_at)
    }),
  },
})

/** Fractions of a second are not told: OpenAI's own models take floats. */
function faultOf(created: unknown): string | undefined {
  if (created === null) return undefined
  if (typeof created !== 'number') return 'not a number'
  return inMilliseconds(created) ? 'in milliseconds' : undefined
}
