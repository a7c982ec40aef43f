import { once } from 'node:events'
import { type AddressInfo, createServer as createSilentServer } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { BenchReport } from '../../src/bench/index.ts'
import { spawnCli } from '../support/start-cli.ts'
import { certificate, secureServer, trusting } from '../support/secure-server.ts'

const SHORT = ['--warmup', '0', '--no-calibrate', '--requests', '40', '--concurrency', '2']

describe('an endpoint behind TLS', () => {
  test('is checked', async () => {
    const pair = await certificate()
    const url = await secureServer('localhost', pair)
    const env = await trusting(pair.cert)
    const { code, stdout } = await spawnCli(['check', url, '--skip', 'latency', '--json'], env)
    expect(JSON.parse(stdout)).toMatchObject({ target: { url }, verdict: 'pass' })
    expect(code).toBe(0)
  })

  test('is measured, its handshakes apart', async () => {
    const pair = await certificate()
    const url = await secureServer('localhost', pair)
    const env = await trusting(pair.cert)
    const { code, stdout } = await spawnCli(['bench', url, ...SHORT, '--json'], env)
    const { requests, cold, metrics } = JSON.parse(stdout) as BenchReport
    expect(code).toBe(0)
    expect(requests).toMatchObject({ attempted: 40, ok: 40 })
    expect(cold.connect.count).toBe(2)
    expect(cold.connect.min).toBeGreaterThan(0)
    expect(metrics.ttft.min).toBeGreaterThan(0)
  })

  test('is not reached by whom it is not trusted', async () => {
    const url = await secureServer('localhost', await certificate())
    const { code, stderr } = await spawnCli(['bench', url, ...SHORT])
    expect(code).toBe(2)
    expect(stderr).toMatch(/certificate/i)
  })

  test('whose certificate is not trusted is not asked whether it speaks https', async () => {
    const pair = await certificate()
    const url = await secureServer('localhost', pair)
    const untrusted = await spawnCli(['check', url])
    expect(untrusted.stderr).toContain(
      '(DEPTH_ZERO_SELF_SIGNED_CERT): its certificate is signed by itself; to trust it, name a PEM file with its certificate in NODE_EXTRA_CA_CERTS.',
    )
    const unnamed = url.replace('localhost', '127.0.0.1')
    const elsewhere = await spawnCli(['check', unnamed], await trusting(pair.cert))
    expect(elsewhere.stderr).toContain(
      '(ERR_TLS_CERT_ALTNAME_INVALID): its certificate is for another name',
    )
    expect(untrusted.stderr + elsewhere.stderr).not.toContain('speak https')
    expect([untrusted.code, elsewhere.code]).toEqual([2, 2])
  })

  test.each(['check', 'bench'])('that answers no handshake, as %s tells', async (command) => {
    const server = createSilentServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    const url = `https://127.0.0.1:${port}`
    const { code, stderr } = await spawnCli([command, url, '--timeout', '0.5'])
    expect(stderr).toContain(
      `${port} accepted the connection, but did not answer the TLS handshake`,
    )
    expect(stderr).toContain('Does the server speak https at all?')
    expect(code).toBe(2)
  })
})
