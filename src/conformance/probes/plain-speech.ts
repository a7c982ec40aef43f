import { defineProbe } from './define-probe.ts'
import { requestFixture } from './request-fixture.ts'

export default defineProbe({
  title: 'a question that invites lists, links and symbols',
  requests: 1,
  repeatable: true,
  async run(send) {
    await send({ body: requestFixture('plain-speech') })
  },
})
