import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { type ArrivalOf, noteArrivals } from '../../src/server/arrivals.ts'
import { realClock } from '../../src/wire/index.ts'
import { holdUp } from '../support/hold-up.ts'

const HEAD = 'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\nconnection: close\r\n\r\n'
const BUSY_MS = 30

/**
 * Sends a request to a server that is busy before it reads, and what follows once that has seen it; gives
 * when the request had come.
 */
async function arrival(first: string, rest = ''): Promise<{ at: number | undefined; now: number }> {
  const seen = Promise.withResolvers<{ at: number | undefined; now: number }>()
  const server = createServer((request, response) => {
    holdUp(BUSY_MS)
    request.resume().on('end', () => {
      seen.resolve({ at: arrivalOf(request), now: realClock.now() })
      response.end()
    })
  }).listen(0, '127.0.0.1')
  const arrivalOf: ArrivalOf = noteArrivals(server, realClock)
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  socket.write(first)
  await once(server, 'request')
  // What is sent now is read in a turn of its own.
  socket.write(rest)
  socket.resume()
  return seen.promise
}

test('a request had come before a busy process reads it', async () => {
  const { at, now } = await arrival(`${HEAD}{}`)
  expect(now - at!).toBeGreaterThanOrEqual(BUSY_MS)
})

test('a request whose body follows has not come with its head', async () => {
  const { at } = await arrival(HEAD, '{}')
  expect(at).toBeUndefined()
})
