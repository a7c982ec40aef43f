import { defineProbe } from './define-probe.ts'
import { LARGE_PROMPT_BYTES } from '../probe-ids.ts'
import { requestFixture } from './request-fixture.ts'

export default defineProbe({
  title: 'a body of nearly 2 MB, as long as a system prompt may be',
  requests: 1,
  async run(send) {
    // Blanks after a JSON text are part of it, and cost no tokens.
    const request = { body: requestFixture('non-stream'), paddedTo: LARGE_PROMPT_BYTES }
    const { wasRefused } = await send(request)
    if (wasRefused) await send(request)
  },
})
