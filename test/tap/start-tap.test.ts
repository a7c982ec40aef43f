import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { expect, test } from 'vitest'
import { startTap } from '../../src/tap/index.ts'
import { post, saying } from '../support/chat.ts'
import { freePort } from '../support/free-port.ts'
import { referenceServer } from '../support/reference-server.ts'

test('an exchange is told of, whatever befalls its judge', async () => {
  const errors: unknown[] = []
  const told: string[] = []
  const tap = await startTap<string>({
    upstream: await referenceServer(),
    judge: () => Promise.reject(new Error('no judge')),
    onExchange: ({ exchange, findings }) => told.push(`${exchange.end.how} ${findings.length}`),
    onError: (error) => errors.push(error),
  })
  const answer = await post(fetch, saying('Hello.'), {}, `${tap.url}/chat/completions`)
  expect(await answer.text()).toContain('[DONE]')
  await tap.close()
  expect(errors).toEqual([new Error('no judge')])
  expect(told).toEqual(['complete 0'])
})

test('an exchange and each finding is told of, whatever befalls who hears of one', async () => {
  const told: unknown[] = []
  const tap = await startTap<string>({
    upstream: await referenceServer(),
    judge: async () => ['one', 'two'],
    onFinding(finding) {
      throw new Error(finding)
    },
    onExchange: ({ findings, turns }) => told.push(...findings, turns.length),
    onError: (error) => told.push(error),
  })
  const answer = await post(fetch, saying('Hello.'), {}, `${tap.url}/chat/completions`)
  expect(await answer.text()).toContain('[DONE]')
  await tap.close()
  expect(told).toEqual([new Error('one'), new Error('two'), 'one', 'two', 1])
})

test('what asks for no path is told of, too', async () => {
  const told: string[] = []
  const tap = await startTap({
    upstream: await referenceServer(),
    judge: () => Promise.reject(new Error('not to be judged')),
    onExchange: ({ exchange, turns }) => told.push(`${exchange.request.url} ${turns.length}`),
    onError: (error) => told.push(String(error)),
  })
  const asking = request(tap.url, { method: 'OPTIONS', path: '*', agent: false }).end()
  const [answer] = (await once(asking, 'response')) as [IncomingMessage]
  await once(answer.resume(), 'end')
  await tap.close()
  expect(told).toEqual(['* 0'])
})

test.each([
  ['127.0.0.1', '127.0.0.1'],
  ['127.0.0.1', 'localhost'],
  ['0.0.0.0', '127.0.0.1'],
])('a tap on %s has no endpoint on %s at the same port', async (host, name) => {
  const port = await freePort()
  const upstream = `http://${name}:${port}/v1`
  await expect(startTap({ upstream, host, port })).rejects.toThrow('is this tap itself')
  const tap = await startTap({ upstream, host })
  await tap.close()
})
