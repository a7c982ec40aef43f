import { expect, test } from 'vitest'
import { passing } from '../../support/passing.ts'
import { lastRequest, rawSocket, sendRaw } from '../../support/raw-socket.ts'
import { rawServer } from '../../support/raw-server.ts'

const token = 'open-sesame-99'

async function guarded(own = token) {
  const asked: string[] = []
  const url = await rawServer(({ url: path, rawHeaders }, response) => {
    asked.push([path, ...rawHeaders].join(' '))
    response.end('ok')
  })
  return { url, asked, pass: await passing(url, { token: own }) }
}

test('a token in a header opens, and is taken away', async () => {
  const { url, asked, pass } = await guarded()
  const headers = [
    ['X-Soundcheck-Tap-Token', token],
    ['X-Own', '1'],
  ] as const
  const { received } = await sendRaw(
    pass.url,
    lastRequest(pass.url, { method: 'GET', path: '/v1?a=/t/b', headers }),
  )
  expect(received).toContain('200 OK')
  expect(asked).toEqual([`/v1?a=/t/b Host ${new URL(url).host} X-Own 1 Connection close`])
  const [exchange] = await pass.seen(1)
  expect(exchange!.request.url).toBe(`${url}/v1?a=/t/b`)
  expect(JSON.stringify(exchange)).not.toContain(token)
})

test.each([
  ['/v1/chat?a=b', '/v1/chat?a=b'],
  ['', '/'],
  ['?a=b', '/?a=b'],
  ['/', '/'],
  ['/t/other/x', '/t/other/x'],
])('a token before the path %s opens, and is taken away', async (path, reached) => {
  const { url, asked, pass } = await guarded()
  const request = lastRequest(pass.url, { method: 'GET', path: `/t/${token}${path}` })
  expect((await sendRaw(pass.url, request)).received).toContain('200 OK')
  expect(asked).toEqual([`${reached} Host ${new URL(url).host} Connection close`])
  const [exchange] = await pass.seen(1)
  expect(exchange!.request.url).toBe(url + reached)
  expect(JSON.stringify(exchange)).not.toContain(token)
})

test.each([
  ['as it is', 'a+b=:~', '/t/a+b=:~/v1'],
  ['with escapes', 'a+b/c?d %', `/t/${encodeURIComponent('a+b/c?d %')}/v1`],
  ['with what is no escape', '100%', '/t/100%/v1'],
])('a token may be written %s', async (_, own, path) => {
  const { asked, pass } = await guarded(own)
  await sendRaw(pass.url, lastRequest(pass.url, { method: 'GET', path }))
  expect(asked).toEqual([expect.stringMatching(/^\/v1 /)])
})

test.each([
  ['none', 'GET /v1 HTTP/1.1\r\nHost: tap\r\n\r\n'],
  ['another', 'GET /t/other/v1 HTTP/1.1\r\nHost: tap\r\n\r\n'],
  ['part of it', `GET /t/${token.slice(0, -1)}/v1 HTTP/1.1\r\nHost: tap\r\n\r\n`],
  [
    'another in a header',
    'POST /v1 HTTP/1.1\r\nx-soundcheck-tap-token: a\r\ncontent-length: 2\r\n\r\nab',
  ],
  ['no request', '\x16\x03\x01\r\n'],
  ['a request that cannot be read', `GET /t/${token}/v1 HTTP/1.1\r\nno header\r\n\r\n`],
])('%s is refused, and reaches nobody', async (_, request) => {
  const { asked, pass } = await guarded()
  const { received, ending } = await sendRaw(pass.url, request)
  expect(received).toMatch(/^HTTP\/1\.1 401 Unauthorized\r\n.*This tap wants its token/s)
  expect(ending).toBe('end')
  expect(received.length).toBe(
    received.indexOf('\r\n\r\n') + 4 + Number(/content-length: (\d+)/.exec(received)![1]),
  )
  expect(asked).toEqual([])
  expect(pass.events.map(({ kind }) => kind)).toContain('refused')
  expect(received).not.toContain(token)
})

test('each request on a connection must bear it', async () => {
  const { asked, pass } = await guarded()
  const client = rawSocket(pass.url)
  client.socket.write(`GET /t/${token}/1 HTTP/1.1\r\nHost: tap\r\n\r\n`)
  await client.received(/ok/)
  client.socket.write('GET /2 HTTP/1.1\r\nHost: tap\r\n\r\n')
  expect((await client.outcome).received).toMatch(/ok.*401 Unauthorized/s)
  expect(asked).toHaveLength(1)
})

test('without one, its header and its path are like any other', async () => {
  const asked: string[] = []
  const url = await rawServer(({ url: path, headers }, response) => {
    asked.push(`${path} ${String(headers['x-soundcheck-tap-token'])}`)
    response.end('ok')
  })
  const pass = await passing(url)
  const headers = [['x-soundcheck-tap-token', 'a']] as const
  await sendRaw(pass.url, lastRequest(pass.url, { method: 'GET', path: '/t/a/b', headers }))
  expect(asked).toEqual(['/t/a/b a'])
})
