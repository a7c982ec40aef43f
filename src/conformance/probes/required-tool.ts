import { defineProbe } from './define-probe.ts'
import { requestFixture } from './request-fixture.ts'

export default defineProbe({
  title: 'small talk where a tool must be called',
  requests: 1,
  repeatable: true,
  async run(send) {
    await send({ body: requestFixture('required-tool') })
  },
})
