import { defineProbe } from './define-probe.ts'
import { requestFixture } from './request-fixture.ts'

export default defineProbe({
  title: 'the opening of a call: only a system message',
  requests: 1,
  repeatable: true,
  async run(send) {
    await send({ body: requestFixture('greeting') })
  },
})
