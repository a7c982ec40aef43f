import { headerValue, type Reply } from '../../../wire/index.ts'
import { defineCheck } from '../../check.ts'
import { answerChatWith } from '../../mutate/index.ts'
import { rfc } from '../../sources.ts'

export default defineCheck({
  id: 'transport/no-redirect',
  title: 'The turn is answered where it was sent, without a redirect',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'A redirected POST may be repeated as GET (301, 302), or not at all: a client need not follow',
    ...rfc(9110, '15.4'),
  },
  effect: 'A client that does not follow gets no answer; one that does may lose the body.',
  fix: 'Give the platform the URL that the Location header names; mind http/https and a trailing slash (FastAPI redirects on one).',
  probes: 'every-stream',
  needs: ['exchange', 'response'],
  *inspect({ exchange }) {
    const { status, headers } = exchange!.response!
    if (status < 300 || status > 399) return
    const location = headerValue(headers, 'location')
    yield {
      message: `The turn was redirected with status ${status}.`,
      expected: 'status 200 at the URL that was given',
      actual: location === undefined ? 'no Location header' : `Location: ${location}`,
    }
  },
  mutants: {
    'redirect-307': answerChatWith(redirect(307)),
    'redirect-301': answerChatWith(redirect(301)),
  },
  echoes: ['transport/status-ok'],
})

function redirect(status: number): Reply {
  return { status, headers: [['location', '/v1/chat/completions/']], frames: [] }
}
