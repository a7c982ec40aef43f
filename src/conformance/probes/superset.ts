import { defineProbe } from './define-probe.ts'
import { requestFixture } from './request-fixture.ts'

export default defineProbe({
  id: 'superset',
  title: 'what other platforms add to a request',
  requests: 1,
  repeatable: true,
  async run(send) {
    await send({ body: requestFixture('superset') })
  },
})
