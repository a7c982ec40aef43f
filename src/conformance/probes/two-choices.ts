import { defineProbe } from './define-probe.ts'
import { requestFixture } from './request-fixture.ts'

export default defineProbe({
  title: 'two replies to one request, with a stop sequence',
  dialect: 'chat',
  requests: 1,
  repeatable: true,
  async run(send) {
    await send({ body: requestFixture('two-choices') })
  },
})
