import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { Agent } from 'undici'
import { expect, onTestFinished, test } from 'vitest'
import { sendByUndici } from '../../../src/gateway/upstream/relay/send-by-undici.ts'
import { rawServer } from '../../support/raw-server.ts'

/** Asks a server that answers so. */
async function send(answer: (response: ServerResponse) => void, signal = never()) {
  const url = await rawServer((_, response) => answer(response))
  const dispatcher = new Agent()
  onTestFinished(() => dispatcher.destroy())
  return sendByUndici(dispatcher)({ method: 'POST', url, headers: [], body: '{}' }, signal)
}

const never = () => new AbortController().signal

const CODINGS = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync }

test.each(Object.entries(CODINGS))('an answer in %s is read in plain', async (coding, encode) => {
  const bytes = encode('We are open. '.repeat(1_000))
  const { read } = await send((response) => {
    response.writeHead(200, { 'content-encoding': coding })
    response.write(bytes.subarray(0, 10))
    setTimeout(() => response.end(bytes.subarray(10)), 5)
  })
  let text = ''
  await read((piece) => (text += Buffer.from(piece).toString()))
  expect(text).toBe('We are open. '.repeat(1_000))
})

test('an answer in a coding that nobody knows is garbled', async () => {
  const sent = send((response) => response.writeHead(200, { 'content-encoding': 'zip' }).end('?'))
  await expect(sent).rejects.toMatchObject({ fault: 'garbled' })
})

test('what came with the head waits for its reader', async () => {
  const { read } = await send((response) => response.end('at once'))
  await new Promise((resolve) => setTimeout(resolve, 20))
  const pieces: string[] = []
  await read((piece) => pieces.push(Buffer.from(piece).toString()))
  expect(pieces.join('')).toBe('at once')
})

test.each(['identity', 'gzip'])('what its reader throws ends it, in %s', async (coding) => {
  const left = Promise.withResolvers<void>()
  const abort = new AbortController()
  const { read } = await send((response) => {
    response.on('close', left.resolve)
    response.writeHead(200, { 'content-encoding': coding })
    response.write(coding === 'gzip' ? gzipSync('first') : 'first')
  }, abort.signal)
  const enough = new Error('enough')
  await expect(
    read(() => {
      throw enough
    }),
  ).rejects.toBe(enough)
  // Who reads what is compressed ends it so.
  if (coding === 'gzip') abort.abort()
  await left.promise
})

test('an answer that breaks off is broken, and one that never came unreachable', async () => {
  const { read } = await send((response) => {
    response.write('first')
    setTimeout(() => response.destroy(), 5)
  })
  await expect(read(() => {})).rejects.toMatchObject({ fault: 'broken' })
  const refused = send((response) => response.destroy())
  await expect(refused).rejects.toMatchObject({ fault: 'unreachable' })
})

test('a signal ends it, before its head and behind', async () => {
  const reason = new Error('gone')
  for (const hasHead of [false, true]) {
    const abort = new AbortController()
    const asked = Promise.withResolvers<ServerResponse>()
    const sent = send((response) => {
      asked.resolve(response)
      if (hasHead) response.write('first')
    }, abort.signal)
    const over = sent.then(({ read }) => read(() => {}))
    const response = await asked.promise
    if (hasHead) await sent
    const closed = once(response, 'close')
    abort.abort(reason)
    await expect(over).rejects.toBe(reason)
    await closed
  }
})
