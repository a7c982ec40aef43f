import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import type { CheckReport } from '../../src/conformance/index.ts'
import { DONE, says } from '../support/exchanges.ts'
import { rawServer } from '../support/raw-server.ts'
import { startCli } from '../support/start-cli.ts'

/** Large, within all bounds, and dear to judge. */
const LONG = Buffer.from(`${says('<think>'.repeat(500_000))}${DONE}`)

async function wordyServer() {
  let latest = 0
  const url = await rawServer((request, response) => {
    latest = performance.now()
    request.resume()
    response.on('error', () => {})
    response.writeHead(200, { 'content-type': 'text/event-stream' }).end(LONG)
  })
  return { url, idleMs: () => (latest === 0 ? 0 : performance.now() - latest) }
}

/** Runs `check`, and polls what is going on. */
async function checking(url: string, poll: (pid: number) => void) {
  const child = startCli(['check', url, '--json'])
  const timer = setInterval(() => poll(child.pid!), 20)
  const [stdout, code] = await Promise.all([
    text(child.stdout!),
    new Promise((resolve) => child.once('close', resolve)),
  ])
  clearInterval(timer)
  return { code, report: JSON.parse(stdout) as CheckReport }
}

test.each([
  ['sending', 'SIGINT', 0],
  ['judging', 'SIGTERM', 150],
] as const)('while %s, %s is heard: a partial report, and 130', async (_, signal, idleMs) => {
  const server = await wordyServer()
  let signalledAt = 0
  const { code, report } = await checking(server.url, (pid) => {
    if (signalledAt > 0 || server.idleMs() <= idleMs) return
    signalledAt = performance.now()
    process.kill(pid, signal)
  })
  // A second, on a machine that does nothing else.
  expect(performance.now() - signalledAt).toBeLessThan(10_000)
  expect(code).toBe(130)
  expect(report.checks.filter(({ reason }) => reason?.includes('interrupted'))).not.toEqual([])
})

test.skipIf(process.platform !== 'linux')(
  'large answers take half a gigabyte at most',
  async () => {
    const { url } = await wordyServer()
    let peakKib = 0
    const { code } = await checking(url, (pid) => {
      const [, kib] = /VmHWM:\s+(\d+)/.exec(statusOf(pid)) ?? []
      peakKib = Math.max(peakKib, Number(kib ?? 0))
    })
    expect(code).toBe(1)
    expect(peakKib).toBeGreaterThan(0)
    expect(peakKib).toBeLessThan(512 * 1024)
  },
)

function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8')
  } catch {
    return ''
  }
}
