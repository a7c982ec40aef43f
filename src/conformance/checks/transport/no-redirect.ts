import { chat } from '../../../protocol/index.ts'
import { headerValue, type Reply } from '../../../wire/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { issue, rfc } from '../../check/sources.ts'
import { answerChatWith } from '../../faults/index.ts'

export default defineCheck({
  id: 'transport/no-redirect',
  title: 'The request is not redirected',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'A client need not follow a redirect, and may turn a redirected POST into a GET (301, 302)',
    ...rfc(9110, '15.4'),
    seenIn: issue('langchain-ai/langserve', 304),
  },
  effect: 'A client that does not follow gets no answer; one that does may lose the request body.',
  fix: 'Give the platform the URL in the Location header; check http/https and the trailing slash (FastAPI redirects on one).',
  probes: 'every-stream',
  needs: ['exchange', 'response'],
  *inspect({ exchange: { response } }) {
    const { status, headers } = response
    if (status < 300 || status > 399) return
    const location = headerValue(headers, 'location')
    yield {
      message: `The request was redirected with status ${status}.`,
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
  return { status, headers: [['location', `/v1${chat.path}/`]], frames: [] }
}
