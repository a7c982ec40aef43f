import { jsonReply } from '../../../wire/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { issue, WHATWG_FETCH } from '../../check/sources.ts'

/** Without them no browser posts JSON with a key. */
const NEEDED = ['access-control-allow-origin', 'access-control-allow-headers']

export default defineCheck({
  id: 'transport/options-preflight',
  title: 'A CORS preflight is answered without a key',
  severity: 'info',
  since: '2026-11',
  requirement: {
    text: 'Browsers send OPTIONS without credentials before they post to another origin',
    ...WHATWG_FETCH,
    seenIn: issue('mostlygeek/llama-swap', 42),
  },
  effect: 'Browser playgrounds cannot call the endpoint; server-side platforms are unaffected.',
  fix: 'Answer OPTIONS before the key is checked (put the CORS middleware first).',
  probes: ['preflight'],
  needs: ['exchange', 'admitted', 'response'],
  *inspect(evidence) {
    const { status } = evidence.exchange.response
    if (status === 401 || status === 403 || status >= 500) {
      yield {
        message: `OPTIONS was answered with status ${status}.`,
        expected: 'status 200 or 204; 404 and 405 are fine where no browser calls',
        actual: `status ${status}`,
      }
      return
    }
    const missing = NEEDED.filter((name) => !evidence.header(name))
    if (status > 299 || missing.length === 0) return
    yield {
      message: `OPTIONS was answered with status ${status} but without ${missing.join(' and ')}: a browser stops there.`,
      expected: 'both headers; 404 and 405 are fine where no browser calls',
      actual: `status ${status}`,
      fix: 'Add the CORS middleware if browsers call the endpoint; otherwise leave it as it is.',
    }
  },
  mutants: {
    'options-401': (reply, { method }) =>
      method === 'OPTIONS' ? jsonReply(401, { error: { message: 'No key' } }) : reply,
    'options-no-cors': (reply, { method }) =>
      method === 'OPTIONS' ? { ...reply, headers: [] } : reply,
  },
})
