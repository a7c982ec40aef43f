import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { findFault } from '../../src/conformance/index.ts'
import type { Har } from '../../src/tap/index.ts'
import { startServer } from '../../src/server/index.ts'
import { freePort } from '../support/free-port.ts'
import { referenceServer } from '../support/reference-server.ts'
import { runCli } from '../support/run-cli.ts'
import { scratchFolder } from '../support/scratch-folder.ts'
import { NO_DISK, smallDisk } from '../support/small-disk.ts'
import { startCli } from '../support/start-cli.ts'

/** However busy the machine is. */
const UNTIMED = ['--skip', 'latency']

const WELCOME = /^(?:Tapping |Give this address|For example: |$)/

/** Starts `soundcheck tap` on any free port. */
async function tap(args: readonly string[]) {
  const child = startCli(['tap', '--port', '0', ...args])
  const [said, told]: [string[], string[]] = [[], []]
  child.stdout!.on('data', (data) => said.push(String(data)))
  child.stderr!.on('data', (data) => told.push(String(data)))
  const exit = once(child, 'close') as Promise<[number | null]>
  onTestFinished(() => void child.kill('SIGKILL'))
  const urlNow = () => {
    if (child.exitCode !== null) throw new Error(told.join(''))
    return /tunnel: (\S+)/.exec(told.join(''))?.[1]
  }
  const url = await vi.waitUntil(urlNow, { timeout: 20_000 })
  return {
    url,
    said: () => told.join(''),
    /** Reads nothing of the report for a while. */
    pause: (ms: number) => {
      child.stdout!.pause()
      setTimeout(() => child.stdout!.resume(), ms)
    },
    /** All but how to reach it. */
    lines: () =>
      told
        .join('')
        .split('\n')
        .filter((line) => !WELCOME.test(line)),
    end: async () => {
      child.kill('SIGINT')
      const [code] = await exit
      return { code, report: said.join('') }
    },
  }
}

async function ask(url: string, content: string, more: object = {}): Promise<string> {
  const response = await fetch(`${url}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer sk-canary-12345678' },
    body: JSON.stringify({
      model: 'm',
      stream: true,
      messages: [{ role: 'user', content }],
      ...more,
    }),
  })
  return response.text()
}

const END_CALL = {
  tools: [{ type: 'function', function: { name: 'end_call', parameters: { type: 'object' } } }],
  tool_choice: 'required',
}

test('tells of what is wrong as it passes, once a conversation, and reports at the end', async () => {
  const { url, lines, end } = await tap([
    await referenceServer({ fault: findFault('tools/tool-no-index') }),
    ...UNTIMED,
  ])
  const call = { elevenlabs_extra_body: { conversation_id: 'conv_1' }, ...END_CALL }
  await ask(url, 'Goodbye!', call)
  await ask(url, 'Goodbye now!', call)
  await ask(url, 'Hello.')
  await expect.poll(() => lines().length).toBe(2)
  expect(lines()[0]).toMatch(/^\d\d:\d\d:\d\d {2}conv_1 turn 1 {2}200 /)
  expect(lines()[1]).toMatch(/^ {10}x tools\/index-missing {2}A fragment of a tool call/)
  const { code, report } = await end()
  expect(code).toBe(1)
  expect(report).toMatch(/x error {3}tools\/index-missing/)
  expect(report).toMatch(/FAIL {2}3 files/)
})

test('observes what shows only beside others of a conversation, and fails nothing for it', async () => {
  const server = await startServer({ scenarios: [{ then: 'We are closed.' }] })
  onTestFinished(() => server.close())
  const { url, lines, end } = await tap([server.url, ...UNTIMED])
  const call = { elevenlabs_extra_body: { conversation_id: 'conv_1' } }
  for (const content of ['Hello.', 'Are you open?', 'And tomorrow?', 'Really?']) {
    await ask(url, content, call)
  }
  await expect.poll(() => lines()).toHaveLength(2)
  expect(lines()[0]).toContain('conv_1 turn 3')
  expect(lines()[1]).toMatch(/^ {10}i behaviour\/constant-reply {2}Every reply says the same/)
  expect((await end()).code).toBe(0)
})

test('says nothing of what is well, unless it is asked to', async () => {
  const server = await referenceServer()
  const quiet = await tap([server, ...UNTIMED])
  const loud = await tap([server, '--all', ...UNTIMED])
  await ask(quiet.url, 'Hello.')
  await ask(loud.url, 'Hello.')
  await expect.poll(() => loud.lines()).toHaveLength(1)
  expect(loud.lines()[0]).toMatch(/turn 1 {2}200 {2}first content \d+ ms/)
  expect((await quiet.end()).code).toBe(0)
  expect(quiet.lines()).toEqual([])
})

test('keeps what passes, without its secrets, as files and as an archive', async () => {
  const folder = await scratchFolder()
  const [calls, har] = [join(folder, 'calls'), join(folder, 'archives', 'calls.har')]
  const { url, end } = await tap([await referenceServer(), '--save', calls, '--har', har])
  for (const content of ['One.', 'Two.', 'Three.']) await ask(url, content)
  await expect.poll(() => readdir(calls).catch(() => [])).toHaveLength(3)
  await end()
  const archive = JSON.parse(await readFile(har, 'utf8')) as Har
  expect(archive.log.entries).toHaveLength(3)
  const files = await readdir(calls)
  const texts = await Promise.all(files.map((file) => readFile(join(calls, file), 'utf8')))
  expect([...texts, JSON.stringify(archive)].join('\n')).not.toContain('canary')
  expect((await runCli(['lint', calls, ...UNTIMED])).code).toBe(0)
  expect((await runCli(['lint', har, ...UNTIMED])).code).toBe(0)
})

test('shows no query of the endpoint, and that it is to be asked with', async () => {
  const { url, said, end } = await tap([`${await referenceServer()}?api_key=canary-12345678`])
  expect(said()).toContain(`${url} (and behind it the query of the URL)`)
  expect(said()).not.toContain('canary')
  await end()
})

test('warns where others may ask, and nothing keeps them out', async () => {
  const server = await referenceServer()
  // Where a variable is empty, all addresses are bound.
  const open = await tap([server, '--host', ''])
  const guarded = await tap([server, '--host', '0.0.0.0', '--token', 'let-me-in'])
  await expect.poll(open.lines).toEqual([expect.stringContaining('--token keeps others out')])
  await Promise.all([open.end(), guarded.end()])
  expect(guarded.lines()).toEqual([expect.stringContaining('nothing passed')])
})

test('refuses to judge by what matches no check, before anything passes', async () => {
  const { code, stderr } = await runCli(['tap', 'http://127.0.0.1:9', '--only', 'sse/dnoe'])
  expect(stderr).toContain('"sse/dnoe" matches no check')
  expect(stderr).not.toContain('Tapping')
  expect(code).toBe(2)
})

test('passes nothing without its token', async () => {
  const { url, lines, end } = await tap([await referenceServer(), '--token', 'let-me-in'])
  expect(url).toContain('/t/let-me-in/v1')
  const without = new URL(url)
  without.pathname = '/v1/models'
  for (let i = 0; i < 3; i++) expect((await fetch(without)).status).toBe(401)
  expect((await fetch(`${url}/models`)).status).toBe(200)
  expect((await end()).code).toBe(4)
  expect(lines().filter((line) => line.includes('refused'))).toEqual([
    'soundcheck: a request without the token was refused',
    'soundcheck: 3 times: a request without the token was refused',
  ])
})

test.each([
  [['not a url'], 'is not an http:// or https:// URL'],
  [['http://localhost:1/v1', '--token', ''], 'the token is empty'],
  [['http://localhost:1/v1', '--har', 'package.json/x.har'], 'cannot write to'],
  [['http://localhost:1/v1', '--tls-cert', 'cert.pem'], '--tls-cert and --tls-key go together'],
  [['http://localhost:1/v1', '--tls-cert', 'no.pem', '--tls-key', 'no.pem'], 'cannot read no.pem'],
])('%j makes no sense', async (args, why) => {
  const { code, stderr } = await runCli(['tap', ...args])
  expect(code).toBe(2)
  expect(stderr).toContain(why)
})

test('a report waits for its reader', async () => {
  const { url, pause, end } = await tap([await referenceServer(), '--json', ...UNTIMED])
  for (const content of ['One.', 'Two.', 'Three.', 'Four.']) await ask(url, content)
  pause(11_000)
  const { code, report } = await end()
  expect(JSON.parse(report)).toMatchObject({ files: { length: 4 } })
  expect(code).toBe(0)
})

test('an endpoint that is down, and up again, is told of once each, and what passes is passed', async () => {
  const port = await freePort()
  const { url, lines, end } = await tap([`http://127.0.0.1:${port}/v1`])
  for (let i = 0; i < 3; i++) await expect(ask(url, 'Hello.')).rejects.toThrow()
  const reached = () => lines().filter((line) => /^soundcheck: .*reached/.test(line))
  const server = await startServer({ port })
  onTestFinished(() => server.close())
  expect(await ask(url, 'Hello.')).toContain('[DONE]')
  await expect
    .poll(reached)
    .toEqual([
      expect.stringMatching(/cannot be reached \(ECONNREFUSED\); clients get no answer$/),
      expect.stringMatching(/can be reached again; \d connections had no answer$/),
    ])
  expect((await end()).code).toBe(1)
})

test.for(['size=64k', 'ro'] as const)(
  'a disk of %s stops nothing but the saving',
  async (option, { skip }) => {
    const disk = await smallDisk(option)
    if (!disk) return skip(NO_DISK)
    const calls = join(disk, 'calls')
    const har = join(disk, 'calls.har')
    const saving = ['--save', calls, '--har', har]
    const { url, lines, end } = await tap([await referenceServer(), ...saving, ...UNTIMED])
    for (let i = 0; i < 40; i++) expect(await ask(url, `Hello ${i}.`)).toContain('[DONE]')
    const why = option === 'ro' ? 'read-only file system' : 'no space left on device'
    await expect.poll(() => lines().join('\n')).toContain(`cannot be saved in ${calls}: ${why}`)
    const { code, report } = await end()
    expect(code).toBe(2)
    expect(report).toMatch(/PASS {2}40 files/)
    const left = lines().filter((line) => !line.includes('cannot be saved in'))
    expect(left[0]).toMatch(/exchanges that could not be saved: \d+$/)
    expect(left[1]).toContain(`cannot write to "${har}": ${why}`)
    expect(left).toHaveLength(2)
    const whole = await readdir(calls).catch(() => [])
    expect(whole.length > 0).toBe(option !== 'ro')
    for (const file of whole) JSON.parse(await readFile(join(calls, file), 'utf8'))
  },
)

test('what passes beside the calls is kept, and no part of them', async () => {
  const folder = await scratchFolder()
  const [calls, har] = [join(folder, 'calls'), join(folder, 'calls.har')]
  const saving = ['--save', calls, '--har', har]
  const { url, end } = await tap([await referenceServer(), ...saving, ...UNTIMED])
  await fetch(`${url}/models`).then((response) => response.text())
  const others = { method: 'POST', body: '{"model":"m","input":"Hi"}' }
  await fetch(`${url}/embeddings`, others).then((response) => response.text())
  await expect.poll(() => readdir(calls).catch(() => [])).toHaveLength(2)
  for (const args of [
    ['lint', calls],
    ['check', url, '--replay', calls],
  ]) {
    const { code, stderr } = await runCli(args)
    expect(stderr).toMatch(/in "?\S+calls"?,? .*asks? for an answer/)
    expect(code).toBe(2)
  }
  await ask(url, 'Hello.')
  await expect.poll(() => readdir(calls)).toHaveLength(3)
  expect((await end()).code).toBe(0)
  for (const saved of [calls, har]) {
    const { code, stdout } = await runCli(['lint', saved, '--json', ...UNTIMED])
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'pass', files: { length: 1 } })
    expect(code).toBe(0)
  }
})
