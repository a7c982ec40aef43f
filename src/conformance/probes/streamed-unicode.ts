import { defineProbe } from './define-probe.ts'
import { requestFixture } from './request-fixture.ts'

export default defineProbe({
  title: 'text in many scripts',
  requests: 1,
  repeatable: true,
  async run(send) {
    await send({ body: requestFixture('streamed-unicode') })
  },
})
