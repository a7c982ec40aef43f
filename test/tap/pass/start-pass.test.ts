import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { expect, onTestFinished, test } from 'vitest'
import { startPass } from '../../../src/tap/pass/start-pass.ts'
import type { Exchange } from '../../../src/wire/index.ts'
import { text } from '../../support/bytes.ts'
import { freePort } from '../../support/free-port.ts'
import { rawServer } from '../../support/raw-server.ts'
import { settled } from '../../support/settled.ts'

const LOOPBACK = { host: '127.0.0.1', port: 0 }

test('exchanges and events come from a thread, one after the other', async () => {
  const url = await rawServer((request, response) => response.end(request.url))
  const taken: string[] = []
  const events: string[] = []
  let isTaking = false
  const pass = await startPass({
    ...LOOPBACK,
    upstream: new URL(url),
    async onExchange({ request, arrivals }, { nth }) {
      expect(isTaking).toBe(false)
      isTaking = true
      await new Promise(setImmediate)
      isTaking = false
      taken.push(`${request.url} ${text(arrivals)} ${nth > 0}`)
    },
    onConnection: (_, { kind }) => events.push(kind),
  })
  for (const path of ['/1', '/2', '/3'])
    expect(await (await fetch(pass.url + path)).text()).toBe(path)
  await pass.close()
  expect(taken).toEqual(['/1', '/2', '/3'].map((path) => `${url}${path} ${path} true`))
  expect(events).toContain('opened')
  await expect(fetch(pass.url)).rejects.toThrow('fetch failed')
})

test('an address that is taken is told', async () => {
  const url = new URL(await rawServer(() => {}))
  const started = startPass({
    host: '127.0.0.1',
    port: Number(url.port),
    upstream: url,
    onExchange() {},
  })
  await expect(started).rejects.toMatchObject({ code: 'EADDRINUSE' })
})

test('what takes exchanges may fail', async () => {
  const errors: unknown[] = []
  const pass = await startPass({
    ...LOOPBACK,
    upstream: new URL(`http://127.0.0.1:${await freePort()}`),
    onExchange: () => Promise.reject(new Error('full')),
    onError: (error) => errors.push(error),
  })
  await expect(fetch(pass.url)).rejects.toThrow('fetch failed')
  await settled(() => errors.length === 1)
  expect(errors).toEqual([new Error('full')])
  await pass.close()
})

/** A server, and a client that asks it through a pass, and raises a flag when it has a hundred answers. */
const AROUND = `
const { createServer } = require('node:http')
const { parentPort } = require('node:worker_threads')
const server = createServer((_, response) => response.end('ok')).listen(0, '127.0.0.1', () =>
  parentPort.postMessage(server.address().port))
parentPort.once('message', async ({ url, flag }) => {
  for (let i = 0; i < 100; i++) await (await fetch(url)).text()
  Atomics.store(flag, 0, 1)
  Atomics.notify(flag, 0)
  server.close()
})`

test('a judge that keeps its thread busy delays no byte, and catches up', async () => {
  const around = new Worker(AROUND, { eval: true })
  onTestFinished(() => void around.terminate())
  const [port] = (await once(around, 'message')) as [number]
  const flag = new Int32Array(new SharedArrayBuffer(4))
  const seen: Exchange[] = []
  let waited: string | undefined
  const pass = await startPass({
    ...LOOPBACK,
    upstream: new URL(`http://127.0.0.1:${port}`),
    onExchange(exchange) {
      seen.push(exchange)
      // This thread does nothing else until the last answer is there.
      waited ??= Atomics.wait(flag, 0, 0, 60_000)
    },
  })
  around.postMessage({ url: pass.url, flag })
  await settled(() => seen.length === 100)
  expect(waited).not.toBe('timed-out')
  expect(seen.map(({ id }) => id)).toEqual(Array.from({ length: 100 }, (_, i) => `tap-${i + 1}`))
  await pass.close()
})
