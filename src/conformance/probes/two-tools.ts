import { defineProbe } from './define-probe.ts'
import { requestFixture } from './request-fixture.ts'

export default defineProbe({
  title: 'a wish that needs two calls',
  requests: 1,
  repeatable: true,
  async run(send) {
    await send({ body: requestFixture('two-tools') })
  },
})
