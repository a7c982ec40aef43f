import { defineProbe } from './define-probe.ts'
import { requestFixture } from './request-fixture.ts'

export default defineProbe({
  id: 'required-tool',
  title: 'small talk, with a tool call demanded',
  requests: 1,
  async run(send) {
    await send({ body: requestFixture('required-tool') })
  },
})
