import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { passing } from '../../support/passing.ts'
import { rawServer } from '../../support/raw-server.ts'
import { rawSocket } from '../../support/raw-socket.ts'
import { tcpServer } from '../../support/tcp-server.ts'

const MB = 1_000_000

async function standstill(progress: { readonly written: number }): Promise<number> {
  let stood
  do {
    stood = progress.written
    await sleep(200)
  } while (progress.written > stood)
  return stood
}

test('an answer of 200 MB is no faster than its reader, and memory stays flat', async () => {
  const progress = { written: 0 }
  const sent = createHash('md5')
  const url = await rawServer(async (_, response) => {
    for (let i = 0; i < 200; i++) {
      const bytes = Buffer.alloc(MB, `${i} `)
      sent.update(bytes)
      progress.written += bytes.length
      if (!response.write(bytes)) await once(response, 'drain')
    }
    response.end()
  })
  const pass = await passing(url)
  const response = await fetch(pass.url)
  expect(await standstill(progress)).toBeLessThan(60 * MB)

  const before = process.memoryUsage.rss()
  let most = before
  const received = createHash('md5')
  for await (const bytes of response.body!) {
    received.update(bytes)
    most = Math.max(most, process.memoryUsage.rss())
  }
  expect(received.digest('hex')).toBe(sent.digest('hex'))
  expect(most - before).toBeLessThan(140 * MB)
  await pass.seen(1)
  expect(pass.infos[0]).toMatchObject({ passedBytes: 200 * MB, isCut: true })
})

test('a request is no faster than its upstream', async () => {
  const progress = { written: 0 }
  const { promise: reads, resolve: read } = Promise.withResolvers<void>()
  let received = 0
  const port = await tcpServer((socket) => {
    socket.pause()
    socket.on('data', (bytes) => (received += bytes.length))
    void reads.then(() => socket.resume())
  })
  const pass = await passing(`http://127.0.0.1:${port}`)
  const { socket } = rawSocket(pass.url)
  const head = 'POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000000\r\n\r\n'
  socket.write(head)
  const writing = (async () => {
    for (let i = 0; i < 100; i++) {
      progress.written += MB
      if (!socket.write(Buffer.alloc(MB))) await once(socket, 'drain')
    }
  })()
  expect(await standstill(progress)).toBeLessThan(60 * MB)
  read()
  await writing
  const sent = head.length + String(port).length + 1 + 100 * MB
  await expect.poll(() => received).toBe(sent)
})
