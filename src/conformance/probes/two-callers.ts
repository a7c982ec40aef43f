import { ROUNDS, servedInTurn } from '../evidence/served-in-turn.ts'
import { defineProbe } from './define-probe.ts'
import { requestFixture } from './request-fixture.ts'

export default defineProbe({
  id: 'two-callers',
  title: 'two callers at once, up to three times',
  requests: 2,
  alone: true,
  async run(send) {
    for (let round = 0; round < ROUNDS; round++) {
      const [a, b] = await Promise.all([
        send({ body: requestFixture('streamed-story'), name: 'first' }),
        send({ body: requestFixture('second-caller'), name: 'second' }),
      ])
      if (!servedInTurn(a, b)) return
    }
  },
})
