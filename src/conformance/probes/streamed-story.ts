import { defineProbe } from './define-probe.ts'
import { requestFixture } from './request-fixture.ts'

export default defineProbe({
  id: 'streamed-story',
  title: 'a long answer, once plain and once where compression is welcome',
  requests: 2,
  async run(send) {
    const body = requestFixture('streamed-story')
    await send({ body })
    await send({ body, headers: [['accept-encoding', 'gzip, br']] })
  },
})
