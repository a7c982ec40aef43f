import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { BenchReport } from '../../src/bench/index.ts'
import { type CheckReport, findFault } from '../../src/conformance/index.ts'
import { httpProxy } from '../support/http-proxy.ts'
import { rawServer } from '../support/raw-server.ts'
import { PACED, referenceServer } from '../support/reference-server.ts'
import { runCli } from '../support/run-cli.ts'
import { scratchFolder } from '../support/scratch-folder.ts'
import { certificate, secureServer, trusting } from '../support/secure-server.ts'
import { spawnCli } from '../support/start-cli.ts'

const SHORT = ['--warmup', '0', '--no-calibrate', '--requests', '40', '--concurrency', '2']
const QUICK = ['--quick', '--only', 'sse']

/** The reference server by a name that only a proxy knows. */
async function namedServer(): Promise<string> {
  return (await referenceServer(PACED)).replace('127.0.0.1', 'llm.test')
}

function withUser(url: string): string {
  return url.replace('//', '//anna:s3cr%40t-pass@')
}
const BASIC = `Basic ${Buffer.from('anna:s3cr@t-pass').toString('base64')}`

describe('through the proxy that the environment names', () => {
  test.each(['HTTP_PROXY', 'http_proxy'])('check hands it requests: %s', async (name) => {
    const url = await namedServer()
    const proxy = await httpProxy()
    const { code, stdout } = await runCli(['check', url, ...QUICK, '--json'], {
      [name]: withUser(proxy.url),
    })
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: 'pass',
      target: { url, proxy: { url: proxy.url, from: 'HTTP_PROXY' } },
    })
    expect(code).toBe(0)
    expect(new Set(proxy.lines)).toEqual(new Set([`POST ${url}/chat/completions`]))
    expect(new Set(proxy.credentials)).toEqual(new Set([BASIC]))
  })

  test('check has it open a tunnel to https, in all reports without its credentials', async () => {
    const pair = await certificate()
    const url = await secureServer('llm.test', pair)
    const env = await trusting(pair.cert)
    const proxy = await httpProxy()
    const folder = await scratchFolder()
    const names = ['terminal', 'json', 'markdown', 'html']
    const reporters = names.flatMap((name) => ['--reporter', `${name}=${join(folder, name)}`])
    const { code } = await spawnCli(['check', url, ...QUICK, ...reporters], {
      ...env,
      HTTPS_PROXY: withUser(proxy.url),
      HTTP_PROXY: 'http://127.0.0.1:1',
    })
    expect(code).toBe(0)
    expect(new Set(proxy.lines)).toEqual(new Set([`CONNECT ${new URL(url).host}`]))
    expect(new Set(proxy.credentials)).toEqual(new Set([BASIC]))
    for (const name of names) {
      const report = await readFile(join(folder, name), 'utf8')
      const said = `through the proxy ${proxy.url} (HTTPS_PROXY)`
      // What keeps GitHub from making links.
      const shown = report.replaceAll('<!-- -->', '')
      expect(shown).toContain(name === 'json' ? '"from": "HTTPS_PROXY"' : said)
      expect(report).not.toMatch(/anna|s3cr/)
    }
  })

  test('bench keeps its connections and stamps what comes through a tunnel', async () => {
    const pair = await certificate()
    const url = await secureServer('llm.test', pair)
    const env = await trusting(pair.cert)
    const proxy = await httpProxy()
    const { code, stdout } = await spawnCli(['bench', url, ...SHORT, '--json'], {
      ...env,
      HTTPS_PROXY: proxy.url,
    })
    const { requests, cold, metrics, target } = JSON.parse(stdout) as BenchReport
    expect(requests).toMatchObject({ attempted: 40, ok: 40 })
    expect(cold.connect.count).toBe(2)
    expect(metrics.ttft.min).toBeGreaterThan(15)
    expect(target.proxy).toEqual({ url: proxy.url, from: 'HTTPS_PROXY' })
    // One of them looks whether there is an endpoint.
    expect(proxy.lines).toHaveLength(3)
    expect(code).toBe(0)
  })

  test('bench hands it requests, and says so', async () => {
    const url = await namedServer()
    const proxy = await httpProxy()
    const { code, stdout } = await runCli(['bench', url, ...SHORT], {
      HTTP_PROXY: withUser(proxy.url),
    })
    expect(code).toBe(0)
    expect(stdout).toContain(`  through the proxy ${proxy.url} (HTTP_PROXY)\n`)
    expect(new Set(proxy.lines)).toEqual(new Set([`POST ${url}/chat/completions`]))
    expect(proxy.credentials).toEqual(Array.from({ length: 41 }, () => BASIC))
  })

  test.each(['http', 'https'])('that speaks TLS itself, to %s', async (scheme) => {
    const tls = await certificate()
    const env = await trusting(tls.cert)
    const url = scheme === 'https' ? await secureServer('llm.test', tls) : await namedServer()
    const proxy = await httpProxy({ tls })
    const { code } = await spawnCli(['bench', url, ...SHORT], {
      ...env,
      [`${scheme}_proxy`]: proxy.url,
    })
    expect(code).toBe(0)
    expect(proxy.lines).toHaveLength(scheme === 'https' ? 3 : 41)
  })
})

describe('directly', () => {
  test.each([
    ['--no-proxy', ['--no-proxy'], {}],
    ['NO_PROXY', [], { NO_PROXY: 'example.com, .TEST' }],
  ])('by %s', async (_, args, env) => {
    const { code, stderr } = await runCli(['check', 'http://llm.test', ...args], {
      HTTP_PROXY: 'http://127.0.0.1:1',
      ...env,
    })
    expect(stderr).toContain('Host not found: llm.test')
    expect(code).toBe(2)
  })

  test.each(['check', 'bench'])(
    '%s reaches this machine, unless told otherwise',
    async (command) => {
      const url = await referenceServer(PACED)
      const proxy = await httpProxy()
      const args = [command, url, ...(command === 'check' ? QUICK : SHORT), '--json']
      const direct = await runCli(args, { HTTP_PROXY: proxy.url, http_proxy: proxy.url })
      expect(direct.code).toBe(0)
      expect((JSON.parse(direct.stdout) as CheckReport).target.proxy).toBeUndefined()
      expect(proxy.lines).toEqual([])
      const asked = await runCli([...args, '--proxy', proxy.url])
      expect(asked.code).toBe(0)
      expect((JSON.parse(asked.stdout) as CheckReport).target.proxy?.from).toBe('--proxy')
      expect(proxy.lines.length).toBeGreaterThan(5)
    },
  )
})

test.each(['check', 'bench'])('%s names a proxy that fails, and what to do', async (command) => {
  const run = (proxy: string) => runCli([command, 'https://llm.test/v1'], { HTTPS_PROXY: proxy })
  const { code, stderr } = await run(withUser('http://127.0.0.1:1'))
  expect(stderr).toMatch(
    /^soundcheck: The proxy http:\/\/127\.0\.0\.1:1 \(HTTPS_PROXY\) cannot be reached .*\n.*--no-proxy/m,
  )
  expect(stderr).not.toMatch(/anna|s3cr/)
  expect(code).toBe(2)
  const none = await run('socks5://anna:s3cr3t@p:1080')
  expect(none.stderr).toMatch(/^soundcheck: HTTPS_PROXY is "socks5:\/\/\.\.\.@p:1080", which is no/)
  expect(none.code).toBe(2)
})

test('an answer that the proxy may have given itself is doubted', async () => {
  const proxy = await httpProxy({ status: 503 })
  const { code, stdout } = await runCli(['check', 'http://llm.test/v1', '--json'], {
    HTTP_PROXY: proxy.url,
  })
  expect((JSON.parse(stdout) as CheckReport).warnings).toContain(
    `status 503 may come from the proxy ${proxy.url} (HTTP_PROXY), and not from the endpoint: --no-proxy asks without it`,
  )
  expect(code).not.toBe(0)
})

test.each([
  ['before the run', 403, 'stderr'],
  ['of a run', 502, 'stdout'],
] as const)('bench doubts it %s, too', async (_, status, told) => {
  const proxy = await httpProxy({ status })
  const result = await runCli(['bench', 'http://llm.test/v1', ...SHORT], { HTTP_PROXY: proxy.url })
  const text = result[told].replaceAll(/\s+/g, ' ')
  expect(text).toContain(`status ${status} may come from the proxy ${proxy.url} (HTTP_PROXY), and`)
  expect(text).not.toContain('--api-key')
})

test('bench doubts a proxy through which nothing comes', async () => {
  const proxy = await httpProxy({ silent: true })
  const args = ['--warmup', '0', '--no-calibrate', '--requests', '1', '--timeout', '0.2']
  const { stdout } = await runCli(['bench', 'http://llm.test/v1', ...args], {
    HTTP_PROXY: proxy.url,
  })
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
    `what failed may be the doing of the proxy ${proxy.url} (HTTP_PROXY), and not of the endpoint`,
  )
})

test('that a key is asked for may be the doing of a proxy', async () => {
  const proxy = await httpProxy({ status: 403 })
  const { stderr } = await runCli(['check', 'http://llm.test/v1', '--proxy', proxy.url])
  expect(stderr).toContain(`status 403 may come from the proxy ${proxy.url} (--proxy)`)
})

test('that no answer came may be the doing of a proxy, and not of the endpoint', async () => {
  const args = ['check', 'http://llm.test/v1', '--json', '--timeout', '0.5']
  const mute = await httpProxy({ silent: true })
  const hasty = await rawServer(({ socket }) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'))
  for (const url of [mute.url, hasty]) {
    const { origin } = new URL(url)
    const { stdout } = await runCli([...args, '--proxy', origin])
    expect((JSON.parse(stdout) as CheckReport).warnings).toContain(
      `that no answer came may be due to the proxy ${origin} (--proxy), and not to the endpoint: --no-proxy asks without it`,
    )
  }
})

test('a request is repeated through the same proxy, without the password for it', async () => {
  const url = await referenceServer({ fault: findFault('done-missing') })
  const proxy = await httpProxy()
  const args = ['check', url, '--only', 'sse/done', '--quick', '--proxy', withUser(proxy.url)]
  const told = `curl -gN -x '${proxy.url}' '${url}`
  expect((await runCli(args)).stdout).toContain(told)
  const { checks } = JSON.parse((await runCli([...args, '--json'])).stdout) as CheckReport
  expect(checks[0]!.findings[0]!.repeat).toContain(told)
})
