import { defineProbe } from './define-probe.ts'
import { requestFixture } from './request-fixture.ts'

export default defineProbe({
  title: 'a farewell where no tool may be called',
  requests: 1,
  repeatable: true,
  async run(send) {
    await send({ body: requestFixture('tool-choice-none') })
  },
})
