import { expect, test } from 'vitest'
import { isExcepted } from '../../src/endpoint/is-excepted.ts'
import { type Environment, proxyFor } from '../../src/endpoint/proxy-for.ts'

test.each<[string, Environment, string | undefined]>([
  ['https://a.test', { HTTPS_PROXY: 'http://p:1' }, 'http://p:1'],
  ['https://a.test', { HTTPS_PROXY: 'http://p:1', https_proxy: 'http://q:1' }, 'http://q:1'],
  ['https://a.test', { HTTPS_PROXY: 'http://p:1', https_proxy: '' }, 'http://p:1'],
  ['https://a.test', { HTTP_PROXY: 'http://p:1', ALL_PROXY: 'http://p:1' }, undefined],
  ['http://a.test', { HTTPS_PROXY: 'http://p:1', HTTP_PROXY: '' }, undefined],
  ['http://a.test', { HTTP_PROXY: 'https://p/path?query' }, 'https://p'],
  ['http://a.test', { HTTP_PROXY: 'p.test:3128' }, 'http://p.test:3128'],
  ['http://a.test', { HTTP_PROXY: 'p', NO_PROXY: 'a.test' }, undefined],
  ['http://a.test', { HTTP_PROXY: 'socks5://p', no_proxy: '*' }, undefined],
  ['http://10.0.0.1', { HTTP_PROXY: 'p' }, 'http://p'],
  ...[
    'localhost',
    'LOCALHOST:8000',
    'localhost.',
    'api.localhost',
    '127.0.0.1:80',
    '127.1',
    '0.0.0.0',
    '[::1]:8000',
  ].map((host): [string, Environment, undefined] => [
    `http://${host}`,
    { HTTP_PROXY: 'socks5://p' },
    undefined,
  ]),
])('the proxy on the way to %s, with %j, is %s', (url, environment, proxy) => {
  expect(proxyFor(url, environment)?.url).toBe(proxy)
})

test('one that is given is used for whatever there is', () => {
  expect(proxyFor('http://localhost', 'p:3128')).toEqual({
    url: 'http://p:3128',
    from: '--proxy',
    authorization: undefined,
  })
})

test.each([
  ['anna:pass', 'anna:pass'],
  ['anna', 'anna:'],
  ['anna:p%C3%A4%40', 'anna:pä@'],
  ['anna:50%', 'anna:50%'],
])('its user and password are sent as in RFC 7617: %s', (info, sent) => {
  const { url, authorization } = proxyFor('http://localhost', `http://${info}@p:1`)!
  expect(url).toBe('http://p:1')
  expect(authorization).toBe(`Basic ${Buffer.from(sent).toString('base64')}`)
})

test.each([
  ['socks5://anna:s3cr3t@p:1080', 'socks5://...@p:1080'],
  ['http://', 'http://'],
  ['http://anna:s3cr#t@p', 'http://...@p'],
  ['anna:s3cr#t@p', '...'],
])('what is no proxy is refused, without its secrets: %s', (text, shown) => {
  expect(() => proxyFor('https://a.test', { HTTPS_PROXY: text })).toThrow(
    `HTTPS_PROXY is "${shown}", which is no proxy that can be used: write it as http://host:port`,
  )
})

test.each([
  ['a.test', 'http://a.test', true],
  ['a.test', 'http://A.TEST.:80', true],
  ['A.test.', 'http://x.a.test', true],
  ['.a.test', 'http://a.test', true],
  ['*.a.test', 'http://x.a.test', true],
  ['*.a.test', 'http://a.test', false],
  ['a.test', 'http://ba.test', false],
  ['x, a.test\ty', 'https://a.test', true],
  [' ,, ', 'https://a.test', false],
  ['x,*', 'https://a.test', true],
  ['*:443', 'https://a.test', true],
  ['a.test:443', 'https://a.test', true],
  ['a.test:80', 'https://a.test', false],
  ['a.test:8080', 'http://a.test:8080', true],
  ['10.1.2.3', 'http://10.1.2.3', true],
  ['10.1.2.3', 'http://10.1.2.30', false],
  ['2.3', 'http://10.1.2.3', false],
  ['10.0.0.0/8', 'http://10.1.2.3', true],
  ['10.0.0.0/8', 'http://11.1.2.3', false],
  ['192.168.1.0/25', 'http://192.168.1.128', false],
  ['0.0.0.0/0', 'http://10.1.2.3', true],
  ['0.0.0.0/0', 'http://[fd00::1]', false],
  ['10.0.0.0/8', 'http://10.test', false],
  ['fd00::1', 'http://[fd00:0:0::1]', true],
  ['[FD00::1]:8000', 'http://[fd00::1]:8000', true],
  ['[fd00::1]:8000', 'http://[fd00::1]', false],
  ['fc00::/7', 'http://[fd12:3456::1]', true],
  ['fc00::/7', 'http://[fe80::1]', false],
])('NO_PROXY=%s excepts %s: %s', (list, url, excepted) => {
  expect(isExcepted(new URL(url), list)).toBe(excepted)
})
