import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { type AddressInfo, connect, createServer as createSilentServer } from 'node:net'
import { join } from 'node:path'
import { createServer } from 'node:tls'
import { generate } from 'selfsigned'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { BenchReport } from '../../src/bench/index.ts'
import { PACED, referenceServer } from '../support/reference-server.ts'
import { runCli } from '../support/run-cli.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const SHORT = ['--warmup', '0', '--no-calibrate', '--requests', '40', '--concurrency', '2']

/** The reference server behind TLS: its base URL, and the environment that trusts it. */
async function secureServer(): Promise<{ url: string; env: Record<string, string> }> {
  const behind = new URL(await referenceServer(PACED))
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] },
    ],
  })
  const server = createServer({ cert, key }, (socket) => {
    const inner = connect(Number(behind.port), behind.hostname)
    socket.on('error', () => inner.destroy()).pipe(inner)
    inner.on('error', () => socket.destroy()).pipe(socket)
  })
  server.on('tlsClientError', () => {})
  server.listen(0, 'localhost')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const file = join(await scratchFolder(), 'certificate.pem')
  await writeFile(file, cert)
  const { port } = server.address() as AddressInfo
  return { url: `https://localhost:${port}/v1`, env: { NODE_EXTRA_CA_CERTS: file } }
}

describe('an endpoint behind TLS', () => {
  test('is checked', async () => {
    const { url, env } = await secureServer()
    const { code, stdout } = await runCli(['check', url, '--json'], env)
    expect(JSON.parse(stdout)).toMatchObject({ target: { url }, verdict: 'pass' })
    expect(code).toBe(0)
  })

  test('is measured, its handshakes apart', async () => {
    const { url, env } = await secureServer()
    const { code, stdout } = await runCli(['bench', url, ...SHORT, '--json'], env)
    const { requests, cold, metrics } = JSON.parse(stdout) as BenchReport
    expect(code).toBe(0)
    expect(requests).toMatchObject({ attempted: 40, ok: 40 })
    expect(cold.connect.count).toBe(2)
    expect(cold.connect.min).toBeGreaterThan(0)
    expect(metrics.ttft.min).toBeGreaterThan(0)
  })

  test('is not reached by whom it is not trusted', async () => {
    const { url } = await secureServer()
    const { code, stderr } = await runCli(['bench', url, ...SHORT])
    expect(code).toBe(2)
    expect(stderr).toMatch(/certificate/i)
  })

  test.each(['check', 'bench'])('that answers no handshake, as %s tells', async (command) => {
    const server = createSilentServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    const url = `https://127.0.0.1:${port}`
    const { code, stderr } = await runCli([command, url, '--timeout', '0.5'])
    expect(stderr).toContain(
      `${port} accepted the connection, but did not answer the TLS handshake`,
    )
    expect(stderr).toContain('Does the server speak https at all?')
    expect(code).toBe(2)
  })
})
