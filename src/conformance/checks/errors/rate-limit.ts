import { isJsonObject } from '../../../protocol/index.ts'
import { textReply } from '../../../wire/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { describeAnswer } from '../../check/describe-answer.ts'
import { issue, rfc } from '../../check/sources.ts'
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
  *inspect(evidence) {
    if (evidence.exchange.response.status !== 429) return
    const actual = describeAnswer(evidence)
    // openai-node reads either.
    const wait = evidence.header('retry-after') ?? evidence.header('retry-after-ms')
    if (wait === undefined) {
      yield {
        message: 'A response with status 429 has no Retry-After header.',
        expected: 'Retry-After: <seconds>',
        actual,
      }
    }
    if (!isJsonObject(evidence.json)) {
      yield {
        message: 'The body of a response with status 429 is not a JSON object.',
        expected: '{"error": {"message": ...}}',
        actual,
      }
    }
  },
  mutants: { '429-bare': answerChatWith(textReply(429, 'text/plain', 'Too Many Requests')) },
})
