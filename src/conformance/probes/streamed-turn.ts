import { defineProbe } from './define-probe.ts'
import { requestFixture } from './request-fixture.ts'

export default defineProbe({
  title: 'an ordinary turn, as ElevenLabs sends it',
  requests: 1,
  alone: true,
  quick: true,
  repeatable: true,
  async run(send) {
    await send({ body: requestFixture('streamed-turn') })
  },
})
