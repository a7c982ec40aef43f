import { Pool } from 'undici'
import { expect, onTestFinished, test } from 'vitest'
import { timedConnector } from '../../src/bench/lane/connection.ts'
import { FlightRecorder } from '../../src/bench/lane/flight-recorder.ts'
import { PackedArrivals } from '../../src/bench/lane/packed-arrivals.ts'
import { holdUp } from '../support/hold-up.ts'
import { rawServer } from '../support/raw-server.ts'

test('what came in before the deadline counts, although it is parsed after it', async () => {
  const origin = await rawServer((_, response) => {
    response.end('in time', () => {
      // This thread, which also records, is held up until then.
      holdUp(2_500)
    })
  })
  const pool = new Pool(origin, { connect: timedConnector(5_000) })
  onTestFinished(() => pool.destroy())
  const packed = new PackedArrivals(1_024)
  const recorder = new FlightRecorder({ timeoutMs: 2_000 }, packed)
  pool.dispatch({ path: '/', method: 'POST' }, recorder)
  expect((await recorder.recording).end.how).toBe('complete')
})
