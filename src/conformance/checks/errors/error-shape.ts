import { isJsonObject, isOpenJson, type Json } from '../../../protocol/index.ts'
import { jsonReply, textReply } from '../../../wire/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { describeAnswer } from '../../observe/describe-answer.ts'
import { inconclusive, skip } from '../../check/gap.ts'
import { issue, OPENAI_ERRORS } from '../../check/sources.ts'
import type { Evidence } from '../../evidence/evidence.ts'
import { answerErrorsWith } from '../../faults/index.ts'
import { ERROR_PROBES } from '../../probe-ids.ts'

/** What stands in front of the application often answers these, and no platform sends them. */
const ANSWERED_IN_FRONT: readonly string[] = ['wrong-method', 'oversize']

export default defineCheck({
  id: 'errors/error-shape',
  title: 'Errors are sent as `{"error": {"message": ...}}`',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: 'The body of an error is JSON: {"error": {"message", "type", "param", "code"}}',
    ...OPENAI_ERRORS,
    seenIn: issue('ray-project/ray', 64_833),
  },
  effect: 'Clients show "status code (no body)" or a whole page where your words should be.',
  fix: 'Answer with {"error": {"message": "...", "type": "...", "param": null, "code": null}}, also from the handlers of your framework (FastAPI: add an exception handler).',
  probes: ERROR_PROBES,
  needs: ['exchange', 'admitted', 'response'],
  *inspect(evidence) {
    if (evidence.exchange.response.status < 400) return skip('the request was not refused')
    const { opening, body, json } = evidence
    if (
      json === undefined &&
      opening.startsWith('{') &&
      isOpenJson(new TextDecoder().decode(body))
    ) {
      return inconclusive('the body of the error is cut short')
    }
    const message = oddityOf(evidence)
    if (message === undefined) return
    yield {
      message,
      expected: '{"error": {"message": "...", "type": "...", "param": null, "code": null}}',
      actual: describeAnswer(evidence),
      ...(ANSWERED_IN_FRONT.includes(evidence.probe) && { severity: 'info' }),
    }
  },
  mutants: {
    'error-plain-text': answerErrorsWith((status) =>
      textReply(status, 'text/plain', 'Bad request'),
    ),
    'error-detail': answerErrorsWith((status) => jsonReply(status, { detail: 'Bad request' })),
  },
})

function oddityOf({ body, json }: Evidence): string | undefined {
  if (body.length === 0) return 'An error has no body.'
  if (json === undefined) return 'The body of an error is not JSON.'
  const error = memberOf(json, 'error')
  if (typeof memberOf(error, 'message') === 'string') return undefined
  if (typeof error === 'string') return 'An error is a bare string, not an object.'
  return memberOf(json, 'detail') === undefined
    ? 'An error has no `error.message`.'
    : 'An error is in `detail`, as FastAPI writes it, not in `error`.'
}

function memberOf(json: Json | undefined, name: string): Json | undefined {
  return isJsonObject(json) ? json[name] : undefined
}
