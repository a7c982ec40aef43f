import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { JsonObject } from '../../src/protocol/index.ts'
import { ATTACKS, SCENARIOS, says } from '../support/attacks.ts'
import { startCli } from '../support/start-cli.ts'

/** What hangs takes minutes; what is answered takes less, on the busiest machine. */
const OTHERS_WAIT_MS = 5_000

let folder: string
let server: Awaited<ReturnType<typeof startServe>>

async function startServe() {
  const scenarios = join(folder, 'scenarios.json')
  await writeFile(scenarios, JSON.stringify({ scenarios: SCENARIOS }))
  const child = startCli(['serve', '--port', '0', '--scenarios', scenarios])
  const errors = text(child.stderr!)
  const [line] = (await once(child.stdout!, 'data')) as [Buffer]
  const url = /http\S+/.exec(String(line))![0]
  const ask = (body: JsonObject | string) =>
    fetch(`${url}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body:
        typeof body === 'string'
          ? body
          : JSON.stringify({ model: 'm', messages: says('Hello'), ...body }),
    })
  return { child, url, ask, errors }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'soundcheck-attacks-'))
  server = await startServe()
  // Loads what is loaded once.
  await (await server.ask({})).text()
})

afterAll(async () => {
  const { child, errors } = server
  child.kill('SIGTERM')
  if (child.exitCode === null) await once(child, 'exit')
  await rm(folder, { recursive: true })
  expect(await errors).not.toContain('Error')
})

test.each(Object.entries(ATTACKS))(
  '%s: it is answered, and so are others meanwhile',
  async (_, [body, status, param]) => {
    const over = new AbortController()
    const attack = server.ask(body).then(async (response) => {
      const answer = await response.text()
      over.abort()
      return { status: response.status, answer }
    })
    do {
      const began = performance.now()
      const other = await server.ask({ messages: says('Are you there?') })
      expect(other.status).toBe(200)
      await other.text()
      expect(performance.now() - began).toBeLessThan(OTHERS_WAIT_MS)
    } while (!over.signal.aborted)
    const got = await attack
    expect(got.status, got.answer.slice(0, 500)).toBe(status)
    if (status === 200) return
    const { error } = JSON.parse(got.answer) as { error: JsonObject }
    expect(error).toMatchObject({ type: 'invalid_request_error', param: param ?? null })
  },
)

test.runIf(process.platform === 'linux')('descriptors return after a flood', async () => {
  const { child, url } = server
  const descriptors = async () => (await readdir(`/proc/${child.pid}/fd`)).length
  const before = await descriptors()
  const asked = Array.from({ length: 600 }, async (_, i) => {
    const headers = { 'content-type': 'application/json', 'x-soundcheck-scope': `scope ${i}` }
    const call = request(`${url}/chat/completions`, { method: 'POST', agent: false, headers })
    call.end(JSON.stringify({ model: 'm', stream: true, messages: says('Hello') }))
    const [response] = (await once(call, 'response')) as [IncomingMessage]
    return text(response)
  })
  expect((await Promise.all(asked)).every((answer) => answer.includes('[DONE]'))).toBe(true)
  await expect.poll(descriptors).toBeLessThan(before + 20)
})
