import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { onTestFinished, test, expect } from 'vitest'
import { OpenCall } from '../../src/server/open-call.ts'

/** A response that somebody waits for, and how they leave. */
async function awaitedResponse() {
  const server = createServer()
  onTestFinished(() => void server.close())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1')
  client.resume()
  client.write('GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')
  const [, response] = (await once(server, 'request')) as [unknown, ServerResponse]
  const closed = once(response, 'close')
  return { response, closed, leave: () => client.destroy() }
}

test('who asks while a client is there hears of it leaving', async () => {
  const { response, closed, leave } = await awaitedResponse()
  const { gone } = new OpenCall(response, '')
  expect(gone.aborted).toBe(false)
  leave()
  await closed
  expect(gone.aborted).toBe(true)
})

test('who asks when a client has left hears of it, too', async () => {
  const { response, closed, leave } = await awaitedResponse()
  const call = new OpenCall(response, '')
  leave()
  await closed
  expect(call.gone.aborted).toBe(true)
})

test('a client that leaves with its whole answer has not left early', async () => {
  const { response, closed } = await awaitedResponse()
  const call = new OpenCall(response, '')
  const { gone } = call
  response.end('Hello.')
  await closed
  expect(gone.aborted).toBe(false)
  expect(new OpenCall(response, '').gone.aborted).toBe(false)
})
