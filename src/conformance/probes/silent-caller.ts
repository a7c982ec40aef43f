import { isWhole } from '../evidence/is-whole.ts'
import { defineProbe } from './define-probe.ts'
import { requestFixture } from './request-fixture.ts'

/** What happens to one of two each time is no chance. */
const MOST_ROUNDS = 3

export default defineProbe({
  title: 'a silent caller, sent twice at once, as ElevenLabs does when in doubt',
  dialect: 'chat',
  requests: 2,
  async run(send) {
    const body = requestFixture('silent-caller')
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const [a, b] = await Promise.all([send({ body }), send({ body })])
      if (isWhole(a) === isWhole(b)) return
    }
  },
})
