import { defineProbe } from './define-probe.ts'
import { requestFixture } from './request-fixture.ts'

export default defineProbe({
  title: 'the farewell, without a stream',
  requests: 1,
  async run(send) {
    await send({ body: requestFixture('non-stream') })
  },
})
