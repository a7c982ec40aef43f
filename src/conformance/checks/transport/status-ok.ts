import { jsonReply } from '../../../wire/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { describeAnswer } from '../../observe/describe-answer.ts'
import { describeSilence } from './describe-silence.ts'
import { fixPath } from './fix-path.ts'
import { skip } from '../../check/gap.ts'
import { ELEVENLABS } from '../../check/sources.ts'
import { answerChatWith } from '../../faults/index.ts'
import { isHonestRefusal } from '../request/is-honest-refusal.ts'

const NO_BODY = [204, 205]

export default defineCheck({
  id: 'transport/status-ok',
  title: 'A well-formed turn is answered with status 200',
  severity: 'error',
  since: '2026-11',
  requirement: { text: 'Status 200 and a stream for every turn', ...ELEVENLABS },
  effect: 'The platform reports "custom_llm generation failed" and ends the whole call.',
  fix: 'Read the error text, and look for this request in your server log (header x-soundcheck-probe).',
  probes: 'every-stream',
  needs: ['exchange', 'admitted'],
  *inspect(evidence) {
    const { connectMs, end, response } = evidence.exchange
    const expected = 'status 200'
    if (!response) {
      yield {
        ...describeSilence(end, connectMs),
        expected,
        actual: describeAnswer(evidence),
      }
    } else if (NO_BODY.includes(response.status)) {
      yield {
        message: `The turn was answered with status ${response.status}, which has no body.`,
        expected,
        actual: `status ${response.status}`,
      }
    } else if (response.status < 200 || response.status > 299) {
      if (isHonestRefusal(evidence)) return skip('the endpoint says that it does not support this')
      yield {
        message: `The turn was answered with status ${response.status}.`,
        expected,
        actual: describeAnswer(evidence),
        ...(evidence.isPathUnknown && { fix: fixPath(evidence.exchange.request.url) }),
      }
    } else if (response.status !== 200) {
      yield {
        message: `The turn was answered with status ${response.status}: clients that look for 200 take it for a failure.`,
        expected,
        actual: `status ${response.status}`,
        fix: 'Send status 200; NestJS answers POST with 201 unless the handler has @HttpCode(200).',
        severity: 'warning',
      }
    }
  },
  mutants: {
    'status-201': (reply, { method }) =>
      method === 'POST' && reply.status === 200 ? { ...reply, status: 201 } : reply,
    'status-500': answerChatWith(jsonReply(500, { error: { message: 'Internal error' } })),
    'status-204': answerChatWith({ status: 204, headers: [], frames: [] }),
  },
  echoes: ['transport/content-type'],
})
