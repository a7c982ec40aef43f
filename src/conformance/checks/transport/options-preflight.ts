import { jsonReply } from '../../../wire/index.ts'
import { defineCheck } from '../../check.ts'
import { github } from '../../sources.ts'

export default defineCheck({
  id: 'transport/options-preflight',
  title: 'A CORS preflight is answered without a key',
  severity: 'info',
  since: '2026-11',
  requirement: {
    text: 'Browsers send OPTIONS without credentials before they post from another origin',
    ...github('mostlygeek/llama-swap', 42),
  },
  effect:
    'Browser playgrounds cannot call the endpoint; a platform that calls from its servers does not care.',
  fix: 'Answer OPTIONS before the key is checked (a CORS middleware that comes first does).',
  probes: ['preflight'],
  needs: ['exchange', 'response'],
  *inspect({ exchange }) {
    const { status } = exchange!.response!
    if (status !== 401 && status !== 403 && status < 500) return
    yield {
      message: `OPTIONS was answered with status ${status}.`,
      expected: 'status 200 or 204; 404 and 405 will do where no browser calls',
      actual: `status ${status}`,
    }
  },
  mutants: {
    'options-401': (reply, { method }) =>
      method === 'OPTIONS' ? jsonReply(401, { error: { message: 'No key' } }) : reply,
  },
})
