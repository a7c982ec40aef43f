import { ROUNDS, servedInTurn } from '../evidence/served-in-turn.ts'
import { defineProbe } from './define-probe.ts'
import { requestFixture } from './request-fixture.ts'

/** So much later the second is sent, so that it does not overtake the first. */
const APART_MS = 100

export default defineProbe({
  title: 'two callers at once, up to three times',
  requests: 2,
  alone: true,
  async run(send) {
    const callers = [
      { body: requestFixture('streamed-story'), name: 'one' },
      { body: requestFixture('second-caller'), name: 'other' },
    ]
    for (let round = 0; round < ROUNDS; round++) {
      // What is served in turn makes the later one wait, whichever that is.
      const inOrder = round % 2 === 0 ? callers : callers.toReversed()
      const first = send(inOrder[0]!)
      await Promise.race([first, later()])
      const [a, b] = await Promise.all([first, send(inOrder[1]!)])
      if (!servedInTurn(a, b)) return
    }
  },
})

function later(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, APART_MS))
}
