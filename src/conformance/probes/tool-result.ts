import { defineProbe } from './define-probe.ts'
import { requestFixture } from './request-fixture.ts'

export default defineProbe({
  title: 'the turn after a tool has answered',
  requests: 1,
  alone: true,
  quick: true,
  repeatable: true,
  async run(send) {
    await send({ body: requestFixture('tool-result') })
  },
})
