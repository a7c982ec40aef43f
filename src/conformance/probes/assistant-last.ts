import { defineProbe } from './define-probe.ts'
import { requestFixture } from './request-fixture.ts'

export default defineProbe({
  title: 'a history that ends with what the agent said',
  requests: 1,
  repeatable: true,
  async run(send) {
    await send({ body: requestFixture('assistant-last') })
  },
})
