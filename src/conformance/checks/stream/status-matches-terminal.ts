import {
  isJsonObject,
  isTerminalType,
  type JsonObject,
  STATUS_BY_TERMINAL,
} from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { showEnd } from '../../observe/show-end.ts'
import { showJson } from '../../observe/show-json.ts'
import { issue, RESPONSES_OBJECT } from '../../check/sources.ts'
import type { Evidence } from '../../evidence/evidence.ts'
import { editEach } from '../../faults/index.ts'

const WHOLE = /^response\.(?:completed|incomplete)$/

export default defineCheck({
  id: 'stream/status-matches-terminal',
  title: 'The status of the response is that of the event that ends it',
  severity: 'warning',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'status: completed, failed, in_progress, cancelled, queued, or incomplete; incomplete_details: why the response is incomplete',
    ...RESPONSES_OBJECT,
    seenIn: issue('vllm-project/vllm', 45_386),
  },
  effect: 'A reply that a limit has cut passes for a whole one, and is not continued.',
  fix: 'End what a limit has cut with response.incomplete, `"status": "incomplete"` and `"incomplete_details": {"reason": "max_output_tokens"}`.',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect(evidence) {
    for (const { event, type, response } of evidence.responses.terminals) {
      if (!isTerminalType(type) || !response) continue
      const { status } = response
      const wanted = STATUS_BY_TERMINAL[type]
      if (status !== wanted) {
        yield {
          message: `The status in ${type} is ${showJson(status)}.`,
          expected: `"status": "${wanted}"`,
          actual: showJson(status),
          ...evidence.where({ event, path: '/response' }),
        }
      } else if (status === 'incomplete' && reasonIn(response) === undefined) {
        yield {
          message: 'An incomplete response does not say why it is.',
          expected: '"incomplete_details": {"reason": "max_output_tokens"}',
          actual: showJson(response['incomplete_details']),
          ...evidence.where({ event, path: '/response' }),
        }
      } else if (status === 'completed' && reasonIn(response) !== undefined) {
        yield {
          message: `A completed response says why it is incomplete: ${reasonIn(response)}.`,
          expected: 'response.incomplete',
          actual: showJson(response['incomplete_details']),
          ...evidence.where({ event, path: '/response/incomplete_details' }),
        }
      } else if (status === 'completed' && isCut(response, evidence)) {
        yield {
          message: 'The reply stops in the middle of a sentence, but is completed.',
          expected: 'response.incomplete',
          actual: showEnd(evidence.text),
          ...evidence.where({ event, path: '/response/status' }),
        }
      }
    }
  },
  mutants: {
    'incomplete-as-completed': editEach(WHOLE, (event) => {
      event.type = 'response.completed'
      event.response.status = 'completed'
      event.response.incomplete_details = { reason: 'max_output_tokens' }
    }),
    'incomplete-no-reason': editEach(WHOLE, (event) => {
      event.type = 'response.incomplete'
      event.response.status = 'incomplete'
      event.response.incomplete_details = null
    }),
  },
})

/** Whether a reply has all tokens that it may have, or stops at a word that ends nothing. */
function isCut({ max_output_tokens: most, usage }: JsonObject, { text, calls }: Evidence): boolean {
  if (calls.length > 0 || !/[\p{L}\p{N},]$/u.test(text)) return false
  const used = isJsonObject(usage) ? usage['output_tokens'] : undefined
  const isSpent = typeof most === 'number' && typeof used === 'number' && used >= most && most > 0
  return isSpent || /\s(?:a|an|and|or|the)$/.test(text)
}

function reasonIn({ incomplete_details: details }: JsonObject): string | undefined {
  const reason = isJsonObject(details) ? details['reason'] : undefined
  return typeof reason === 'string' && reason !== '' ? reason : undefined
}
