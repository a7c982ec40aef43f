import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { proxyFor } from '../../src/endpoint/proxy-for.ts'
import { whyUnreachable } from '../../src/endpoint/why-unreachable.ts'
import { record } from '../../src/wire/node.ts'
import { httpProxy } from '../support/http-proxy.ts'
import { rawServer } from '../support/raw-server.ts'
import { certificate, secureServer } from '../support/secure-server.ts'

/** Why there is no endpoint, through a proxy. */
async function why(url: string, given: string, timeoutMs = 10_000): Promise<string | undefined> {
  const proxy = proxyFor(url, given)!
  const request = { method: 'POST', url, headers: [], body: '{}' }
  const exchange = await record(request, { probe: 'a-probe', timeoutMs, proxy })
  const { code, message } = whyUnreachable(exchange, proxy) ?? {}
  return code && `${code}: ${message}`
}

describe.each(['https', 'http'])('to %s', (scheme) => {
  const target = `${scheme}://llm.test`

  test('a proxy that cannot be reached is told without its credentials', async () => {
    expect(await why(target, 'http://anna:s3cr3t@127.0.0.1:1')).toBe(
      'PROXY: The proxy http://127.0.0.1:1 (--proxy) cannot be reached (ECONNREFUSED).',
    )
  })

  test('a proxy that cannot be found', async () => {
    expect(await why(target, 'http://no-such-proxy.invalid')).toMatch(
      /^PROXY: The proxy http:\/\/no-such-proxy\.invalid \(--proxy\) cannot be found \(E/,
    )
  })

  test('a proxy whose certificate nobody trusts, or that has none', async () => {
    const { url } = await httpProxy({ tls: await certificate() })
    expect(await why(target, url)).toMatch(/made no TLS connection that can be trusted \(DEPTH_/)
    const plain = await httpProxy()
    expect(await why(target, plain.url.replace('http', 'https'))).toMatch(
      /made no TLS connection that can be trusted \(E/,
    )
  })

  test.each([
    ['Basic realm="x"', '', 'name a user and a password in its URL'],
    ['basic', 'anna:s3cr3t@', 'it refuses the user or the password of its URL'],
    ['NTLM', 'anna:s3cr3t@', 'it asks for NTLM, and only Basic is known here'],
    ['\u00ff'.repeat(30), '', 'name a user and a password in its URL'],
  ])('a proxy that asks by %s who %s is', async (challenge, user, remedy) => {
    const headers = { 'proxy-authenticate': challenge }
    const { url } = await httpProxy({ status: 407, headers })
    const told = await why(target, url.replace('//', `//${user}`))
    expect(told).toMatch(/^PROXY: The proxy http:\/\/127\.0\.0\.1:\d+ \(--proxy\) .*407/)
    expect(told).toContain(remedy)
  })
})

test.each([
  [502, '502 (Bad Gateway)'],
  [599, '599'],
])('a proxy that opens no tunnel: %i', async (status, shown) => {
  const { url } = await httpProxy({ status })
  expect(await why('https://llm.test:8443', url)).toBe(
    `PROXY: The proxy ${url} (--proxy) did not connect to llm.test:8443: status ${shown}.`,
  )
})

test('a proxy that is silent, or hangs up', async () => {
  const { url } = await httpProxy({ silent: true })
  expect(await why('https://llm.test', url, 500)).toBe(
    `PROXY: The proxy ${url} (--proxy) made no connection within 500 ms.`,
  )
  const noTls = createServer((socket) => onTestFinished(() => void socket.destroy()))
  noTls.listen(0, '127.0.0.1')
  onTestFinished(() => void noTls.close())
  await once(noTls, 'listening')
  const mute = `https://127.0.0.1:${(noTls.address() as AddressInfo).port}`
  expect(await why('http://llm.test', mute, 500)).toBe(
    `PROXY: The proxy ${mute} (--proxy) made no connection within 500 ms.`,
  )
  const hasty = await rawServer(({ socket }) => socket.destroy())
  expect(await why('https://llm.test', hasty)).toContain('closed the connection without an answer')
})

test('a certificate that nobody trusts may be that of the proxy', async () => {
  const url = await secureServer('llm.test', await certificate())
  const proxy = await httpProxy()
  expect(await why(url, proxy.url)).toMatch(
    /^TLS: .*, through the proxy http:\S+ \(--proxy\); if that reads .* NODE_EXTRA_CA_CERTS\.$/,
  )
})

test('an endpoint may answer with status 407, as long as no proxy is handed the request', async () => {
  const url = await rawServer((_, response) => response.writeHead(407).end())
  const request = { method: 'POST', url, headers: [], body: '{}' }
  const exchange = await record(request, { probe: 'a-probe', timeoutMs: 10_000 })
  expect(whyUnreachable(exchange)).toBeUndefined()
})
