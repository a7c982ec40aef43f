import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { onlyFor, setTimes } from '../../src/conformance/faults/index.ts'
import { check } from '../../src/conformance/index.ts'
import { freePort } from '../support/free-port.ts'
import { referenceServer } from '../support/reference-server.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const PATH = `${process.env['PATH']}:/usr/sbin`
const isMissing = spawnSync('nginx', ['-v'], { env: { PATH } }).error !== undefined
const mayBeMissing = process.env['REQUIRE_NGINX'] === undefined
const NAME = isMissing
  ? 'behind nginx (not installed: apt-get install nginx-light)'
  : 'behind nginx'

const IGNORES_HEADER = 'proxy_ignore_headers X-Accel-Buffering;'
const GZIP = 'gzip on; gzip_types text/event-stream; gzip_proxied any; gzip_http_version 1.0;'

/** A good endpoint that streams a story for more than a second, behind nginx; gives its base URL. */
async function behindNginx(directives: string): Promise<string> {
  const fault = onlyFor(
    /lighthouse/,
    setTimes((i) => i * 10),
  )
  const { origin } = new URL(await referenceServer({ fault }))
  const port = await freePort()
  const folder = await scratchFolder()
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  )
  writeFileSync(
    `${folder}/nginx.conf`,
    `daemon off; master_process off; pid ${folder}/pid; error_log stderr; events {}
    http {
      access_log off; ${temporary.join(' ')}
      server { listen 127.0.0.1:${port}; location / { proxy_pass ${origin}; ${directives} } }
    }`,
  )
  const args = ['-p', folder, '-c', `${folder}/nginx.conf`, '-e', 'stderr']
  const nginx = spawn('nginx', args, { env: { PATH }, stdio: ['ignore', 'ignore', 'pipe'] })
  let complaint = ''
  nginx.stderr.on('data', (data) => (complaint += String(data)))
  const gone = once(nginx, 'exit').catch((error: Error) => (complaint += error.message))
  onTestFinished(async () => {
    nginx.kill()
    await gone
  })
  for (let attempt = 0; attempt < 100; attempt++) {
    if (nginx.exitCode !== null || nginx.pid === undefined) break
    const isUp = await fetch(`http://127.0.0.1:${port}/health`).then(
      () => true,
      () => false,
    )
    if (isUp) return `http://127.0.0.1:${port}/v1`
    await sleep(50)
  }
  throw new Error(`nginx did not start: ${complaint}`)
}

async function foundBehindNginx(directives: string) {
  const only = ['latency/buffered', 'transport/content-encoding']
  const { checks } = await check({ url: await behindNginx(directives), only })
  return checks.flatMap(({ id, findings }) =>
    findings.map(({ severity, exchange, expected }) => ({ id, severity, exchange, expected })),
  )
}

const HELD_BACK = {
  id: 'latency/buffered',
  severity: 'error',
  exchange: 'streamed-story-1',
  expected: expect.stringContaining('nginx passes it on at once') as string,
}

describe.skipIf(isMissing && mayBeMissing)(NAME, () => {
  test('that buffers, as it does unless told otherwise', async () => {
    const found = await foundBehindNginx(`proxy_buffering on; ${IGNORES_HEADER}`)
    expect(found).toEqual([HELD_BACK])
    expect(found[0]!.expected).toContain('X-Accel-Buffering: no')
  })

  test('that buffers more than a reply', async () => {
    const large = 'proxy_buffer_size 64k; proxy_buffers 8 64k; proxy_busy_buffers_size 128k;'
    expect(await foundBehindNginx(`${large} ${IGNORES_HEADER}`)).toEqual([HELD_BACK])
  })

  test('that is told not to, by the header', async () => {
    expect(await foundBehindNginx('proxy_buffering on;')).toEqual([])
  })

  test('that compresses and buffers', async () => {
    expect(await foundBehindNginx(`${GZIP} ${IGNORES_HEADER}`)).toEqual([
      expect.objectContaining({
        id: 'transport/content-encoding',
        severity: 'error',
        exchange: 'streamed-story-2',
      }),
      HELD_BACK,
    ])
  })

  test('that compresses, and is told not to buffer', async () => {
    expect(await foundBehindNginx(GZIP)).toEqual([])
  })
})
