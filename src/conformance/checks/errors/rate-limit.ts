import { isJsonObject } from '../../../protocol/index.ts'
import { textReply } from '../../../wire/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { describeAnswer } from '../../observe/describe-answer.ts'
import { skip } from '../../check/gap.ts'
import { onceFor } from '../../observe/once-for.ts'
import { issue, rfc } from '../../check/sources.ts'
import type { Evidence } from '../../evidence/evidence.ts'
import { answerChatWith } from '../../faults/index.ts'

export default defineCheck({
  id: 'errors/rate-limit',
  title: 'A rate limit says when to come back, as JSON',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: 'A response with status 429 explains the condition, and may say how long to wait in Retry-After',
    ...rfc(6585, '4'),
    seenIn: issue('BerriAI/litellm', 4695),
  },
  effect:
    'Clients guess when to retry: too early, and they are refused again; too late, and the caller waits.',
  fix: 'Send a Retry-After header in seconds, and the error as {"error": {"message": ...}}.',
  probes: 'every',
  needs: ['exchange', 'response'],
  *compare(evidence) {
    if (evidence.length === 0) return skip('there is no response to look at')
    const limited = evidence.filter(({ exchange }) => exchange.response.status === 429)
    yield* onceFor(limited.filter(saysNotWhen), (first) => ({
      message: 'A response with status 429 has no Retry-After header.',
      expected: 'Retry-After: <seconds>',
      actual: describeAnswer(first),
      evidence: first,
    }))
    yield* onceFor(
      limited.filter(({ json }) => !isJsonObject(json)),
      (first) => ({
        message: 'The body of a response with status 429 is not a JSON object.',
        expected: '{"error": {"message": ...}}',
        actual: describeAnswer(first),
        evidence: first,
      }),
    )
    return undefined
  },
  mutants: { '429-bare': answerChatWith(textReply(429, 'text/plain', 'Too Many Requests')) },
})

/** openai-node reads either header. */
function saysNotWhen(evidence: Evidence): boolean {
  return (evidence.header('retry-after') ?? evidence.header('retry-after-ms')) === undefined
}
