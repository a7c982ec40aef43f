import { defineProbe } from './define-probe.ts'
import { requestFixture } from './request-fixture.ts'

export default defineProbe({
  title: 'a long answer: plain, then where tools are offered and compression is welcome',
  requests: 2,
  alone: true,
  quick: true,
  repeatable: true,
  async run(send) {
    const body = requestFixture('streamed-story')
    await send({ body })
    await send({
      body: { ...body, tools: requestFixture('streamed-turn')['tools'] ?? [] },
      headers: [['accept-encoding', 'gzip, br']],
    })
  },
})
