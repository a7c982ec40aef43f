import { defineProbe } from './define-probe.ts'
import { requestFixture } from './request-fixture.ts'

export default defineProbe({
  id: 'silent-caller',
  title: 'a silent caller, sent twice at once, as ElevenLabs does when in doubt',
  requests: 2,
  async run(send) {
    const body = requestFixture('silent-caller')
    await Promise.all([send({ body }), send({ body })])
  },
})
