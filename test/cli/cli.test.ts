import { once } from 'node:events'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import {
  type CheckReport,
  checkReportSchema,
  checks,
  checksFor,
  lintReportSchema,
} from '../../src/conformance/index.ts'
import { compileSchema, dialectOfType } from '../../src/protocol/index.ts'
import { joined, post, saying } from '../support/chat.ts'
import { faultOf } from '../support/fault.ts'
import { rawServer } from '../support/raw-server.ts'
import { referenceServer } from '../support/reference-server.ts'
import { runCli } from '../support/run-cli.ts'
import { spawnCli, startCli } from '../support/start-cli.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

describe('check', () => {
  test('without a URL judges the built-in server: 0', async () => {
    // However busy the machine is.
    const { code, stdout, stderr } = await spawnCli(['--skip', 'latency'])
    expect(stderr).toMatch(
      /^Estimate: \d+ requests of about [\d,]+ tokens, at 4 characters each, and replies of at most [\d,]+.*\n$/,
    )
    expect(stdout).toMatch(/^PASS {2}\d+ checks: \d+ passed$/m)
    expect(code).toBe(0)
  })

  test('a broken endpoint: 1', async () => {
    const url = await referenceServer(faultOf('sse/done', 'done-missing'))
    const { code, stdout } = await spawnCli(['check', url])
    expect(stdout).toContain('x error   sse/done')
    expect(code).toBe(1)
  })

  test('a warning: 0, or 1 when warnings are to fail', async () => {
    const url = await referenceServer(faultOf('sse/event-name', 'event-named'))
    const args = ['check', url, '--skip', 'latency']
    expect((await runCli(args)).code).toBe(0)
    expect((await runCli([...args, '--fail-on', 'warning'])).code).toBe(1)
  })

  test.each([
    ['nothing listens', ['check', 'http://127.0.0.1:1'], 'Nothing is listening on 127.0.0.1:1'],
    [
      'no such host',
      ['check', 'http://no-such-host.invalid'],
      'Host not found: no-such-host.invalid',
    ],
    [
      'no URL',
      ['check', 'ftp://example.com'],
      '"ftp://example.com" is not an http:// or https:// URL',
    ],
    ['a bad header', ['check', '--header', 'nonsense'], "'name: value'"],
    ['a bad number', ['check', '--concurrency', 'many'], 'whole number'],
    ['a bad time', ['check', '--timeout', '-1'], 'seconds'],
    ['no such check', ['check', '--only', 'nothing/*'], '"nothing/*" matches no check'],
    ['an unknown option', ['check', '--nonsense'], '--nonsense'],
    [
      'a folder that cannot be made',
      ['check', '--save', '/dev/null/x'],
      'cannot write to "/dev/null/x"',
    ],
  ])('%s: 2, and a message on standard error', async (_, args, message) => {
    const { code, stdout, stderr } = await runCli(args)
    expect(stderr).toContain(message)
    expect(stdout).toBe('')
    expect(code).toBe(2)
  })

  test('a refused key: 2; the right one, from the environment: 0', async () => {
    const url = await referenceServer({ apiKey: 'sesame-1234' })
    const refused = await spawnCli(['check', url])
    expect(refused).toMatchObject({ code: 2, stdout: '' })
    expect(refused.stderr).toContain('SOUNDCHECK_API_KEY')
    const args = ['check', url, '--skip', 'latency']
    expect((await spawnCli(args, { SOUNDCHECK_API_KEY: 'sesame-1234' })).code).toBe(0)
  })

  test('no key, where its variable is empty: 0', async () => {
    const args = ['check', '--only', 'transport']
    expect((await runCli(args, { SOUNDCHECK_API_KEY: '' })).code).toBe(0)
    const url = await referenceServer({})
    const { code, stdout } = await runCli([...args, url, '--json'], { SOUNDCHECK_API_KEY: '' })
    expect([code, stdout]).toEqual([0, expect.not.stringContaining('soundcheck-wrong-key')])
  })

  test('a rate limit: 4', async () => {
    const url = await rawServer((_, response) => response.writeHead(429).end())
    expect((await spawnCli(['check', url])).code).toBe(4)
  })

  test('Ctrl-C: 130, with what is known by then', async () => {
    const asked = Promise.withResolvers<void>()
    const url = await rawServer((_, response) => {
      response.setHeader('content-type', 'text/event-stream')
      response.write(': waiting\n\n')
      asked.resolve()
    })
    const child = startCli(['check', url, '--json'])
    let stdout = ''
    child.stdout!.on('data', (piece: Buffer) => (stdout += piece.toString()))
    const exit = new Promise((resolve) => child.once('close', resolve))
    await asked.promise
    child.kill('SIGINT')
    expect(await exit).toBe(130)
    expect((JSON.parse(stdout) as CheckReport).verdict).toBe('inconclusive')
  })

  test('--json satisfies the published schema', async () => {
    const { stdout } = await runCli(['check', '--json'])
    expect(compileSchema(checkReportSchema)(JSON.parse(stdout))).toEqual([])
  })

  test('--save keeps every exchange, and lint judges them as before', async () => {
    const folder = await scratchFolder()
    const url = await referenceServer({
      ...faultOf('tools/index-missing', 'tool-no-index'),
      apiKey: 'sesame-1234',
    })
    const args = ['--skip', 'latency', '--json']
    const report = JSON.parse(
      (await runCli(['check', url, '--save', folder, '--api-key', 'sesame-1234', ...args])).stdout,
    ) as CheckReport
    const files = await readdir(folder)
    expect(files).toHaveLength(report.requests)
    expect(files).toContain('farewell-2.json')
    for (const file of files)
      expect(await readFile(join(folder, file), 'utf8')).not.toContain('sesame')

    const { code, stdout } = await runCli(['lint', folder, ...args])
    expect(code).toBe(1)
    const linted = JSON.parse(stdout)
    expect(compileSchema(lintReportSchema)(linted)).toEqual([])
    const failed = linted.files
      .flatMap((file: CheckReport) => file.checks)
      .filter(({ status }: CheckReport['checks'][number]) => status === 'fail')
    expect(new Set(failed.map(({ id }: { id: string }) => id))).toEqual(
      new Set(['tools/index-missing']),
    )
  })
})

describe('lint', () => {
  test('judges a bare body', async () => {
    const file = join(await scratchFolder(), 'answer.sse')
    await writeFile(file, 'data: {"choices": []}\n')
    const { code, stdout } = await runCli(['lint', file])
    expect(stdout).toContain('sse/event-terminated')
    expect(code).toBe(1)
  })

  test('an empty body is no answer: 1', async () => {
    const file = join(await scratchFolder(), 'empty.sse')
    await writeFile(file, '')
    const { code, stdout } = await runCli(['lint', file])
    expect(stdout).toContain('stream/no-chunks')
    expect(code).toBe(1)
  })

  test('a body on standard input', async () => {
    const child = startCli(['lint', '-'], {}, 'pipe')
    child.stdin!.end('data: {"choices": []}\n')
    const [code] = await once(child, 'exit')
    expect(code).toBe(1)
  })

  test.each([
    ['a file that cannot be read', ['lint', '/proc/self/mem'], 'cannot read "/proc/self/mem"'],
    ['what is not there', ['lint', '/no/such/file'], 'no file or folder "/no/such/file"'],
    [
      'JSON that is no exchange',
      ['lint', 'package.json'],
      '"package.json" is not a saved exchange',
    ],
    ['nothing', ['lint'], "missing required argument 'files'"],
  ])('%s: 2', async (_, args, message) => {
    const { code, stderr } = await runCli(args)
    expect(stderr).toContain(message)
    expect(code).toBe(2)
  })
})

test.each([
  [['compare'], "'first'", 'soundcheck compare [options] <first> <others...>', '  others: reports'],
  [['compare', 'a'], "'others'", 'soundcheck compare [options] <first> <others...>', '  first: '],
  [['lint'], "'files'", 'soundcheck lint [options] <files...>', '  files: files, folders'],
  [['bench', 'merge'], "'files'", 'soundcheck bench merge [options] <files...>', '  files: what'],
])('%j without its arguments says which they are', async (args, missing, usage, argument) => {
  const { code, stderr } = await runCli(args)
  expect(stderr).toMatch(/^soundcheck: missing required argument /)
  for (const part of [missing, `\nusage: ${usage}\n`, `\n${argument}`, ' --help" tells more.\n'])
    expect(stderr).toContain(part)
  expect(code).toBe(2)
})

describe('checks and explain', () => {
  test('checks lists them', async () => {
    const { stdout } = await runCli(['checks'])
    expect(stdout.trimEnd().split('\n')).toHaveLength(new Set(checks.map(({ id }) => id)).size)
    expect(JSON.parse((await runCli(['checks', '--json'])).stdout)).toHaveLength(checks.length)
  })

  test.each(['chat_completions', 'responses'] as const)(
    'checks lists those of %s',
    async (type) => {
      const { stdout } = await runCli(['checks', '--api-type', type])
      const listed = stdout.trimEnd().split('\n')
      expect(listed.map((line) => line.split(' ', 1)[0])).toEqual(
        checksFor(dialectOfType(type)).map(({ id }) => id),
      )
    },
  )

  test('explain tells one', async () => {
    const { code, stdout } = await runCli(['explain', 'sse/done'])
    expect(stdout).toContain('must end with data: [DONE]')
    expect(stdout).toMatch(
      /^example {3}with done-missing, .*\n +The stream ended without \[DONE\]\.$/m,
    )
    expect(code).toBe(0)
    expect(JSON.parse((await runCli(['explain', 'sse/done', '--json'])).stdout)).toMatchObject({
      id: 'sse/done',
      mutants: ['done-missing', 'done-lowercase', 'done-quoted'],
    })
  })

  test('faults are named as serve and scenarios name them', async () => {
    const { stdout } = await runCli(['explain', 'sse/done'])
    expect(stdout).toMatch(/^faults +sse\/done-missing, sse\/done-lowercase, sse\/done-quoted$/m)
  })

  test.each([
    [['explain', 'done'], 'sse/done'],
    [['explain', 'models'], 'there is no check "models", but a group of 2: models/list, models/'],
    [['explain', 'sse/dnoe'], 'there is no check "sse/dnoe"; did you mean sse/done?'],
    [['explain', 'sse/don'], 'did you mean sse/done, sse/done-once?'],
    [['explain', 'sse/dome'], 'did you mean sse/done?\n'],
    [['explain', 'ssw/done'], 'did you mean sse/done?\n'],
    [['explain', 'see/dnoe'], 'did you mean sse/done?\n'],
    [['explain', 'stream/done'], 'did you mean sse/done?\n'],
    [['explain', 'tool/indx-missing'], 'did you mean tools/index-missing?'],
    [['explain', 'dnoe'], 'did you mean sse/done?\n'],
    [['explain', 'done-mising'], 'did you mean sse/done-missing?\n'],
    [['explain', 'see/done-mising'], 'did you mean sse/done-missing?\n'],
    [['explain', 'a/b'], 'soundcheck: there is no check "a/b"\n'],
    [['checc'], 'soundcheck: there is no command "checc"; did you mean check?\n'],
    [['chekc', 'http://127.0.0.1:1', '--quick'], '"chekc"; did you mean check?\n'],
    [['lint2'], 'soundcheck: there is no command "..."; did you mean lint?\n'],
    [['foo'], 'soundcheck: there is no command "foo"\n"soundcheck --help" lists them all; a URL '],
    [['scenarios', 'imprt'], 'there is no command "imprt"; did you mean import?\n"soundcheck scen'],
    [['check', '--onyl', 'sse'], "soundcheck: unknown option '--onyl'; did you mean --only?\n"],
    [
      ['localhost:3000'],
      '"localhost:3000" is not an http:// or https:// URL; did you mean http://',
    ],
    [['example.com/v1'], '"example.com/v1" is not an http:// or https:// URL; did you mean https'],
  ])('a slip is met with what is near: %j', async (args, message) => {
    const { code, stderr } = await runCli(args)
    expect(stderr).toContain(message)
    expect(code).toBe(2)
  })
})

describe('serve', () => {
  async function serve(...args: string[]) {
    const child = startCli(['serve', '--port', '0', ...args])
    const exit = new Promise((resolve) => child.once('close', resolve))
    onTestFinished(async () => {
      child.kill('SIGKILL')
      await exit
    })
    const [first] = (await child.stdout![Symbol.asyncIterator]().next()).value
      .toString()
      .split('\n')
    return { url: /http:[^ ,]+/.exec(first)![0], child, exit }
  }

  test('serves until it is told to stop', async () => {
    const { url, child, exit } = await serve('--api-key', 'sesame-1234', '--allow-model', 'one')
    const models = await fetch(`${url}/models`, {
      headers: { authorization: 'Bearer sesame-1234' },
    })
    expect(await models.json()).toMatchObject({ data: [{ id: 'one' }] })
    child.kill('SIGTERM')
    expect(await exit).toBe(0)
  })

  test.each([
    ['SOUNDCHECK_API_KEY', '--api-key <key>'],
    ['SOUNDCHECK_CONTROL_TOKEN', '--control-token <token>'],
  ])('does not start with an empty %s, which no request could bear', async (name, option) => {
    const { code, stderr } = await runCli(['serve', '--port', '0'], { [name]: '' })
    expect(stderr).toContain(
      `option '${option}' as it was given from env '${name}' is invalid. It is`,
    )
    expect(code).toBe(2)
  })

  test('breaks its answers on purpose', async () => {
    const { url } = await serve('--fault', 'sse/done-missing')
    const { code, stdout } = await runCli(['check', url])
    expect(stdout).toContain('The stream ended without [DONE].')
    expect(code).toBe(1)
  })

  test('answers from scenarios, and names those it never used', async () => {
    const { url, child, exit } = await serve('--scenarios', 'fixtures/scenarios', '--strict')
    const errors = text(child.stderr!)
    const ask = (content: string) =>
      fetch(`${url}/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content }] }),
      })
    expect(await (await ask('A riddle, please')).text()).toContain('A piano.')
    expect((await ask('Hm')).status).toBe(404)
    child.kill('SIGTERM')
    expect(await exit).toBe(0)
    expect(await errors).toContain('soundcheck: book a table was never used')
    expect(await errors).not.toContain('think aloud was')
  })

  test('prints a line for each request, without secrets and safe in a terminal', async () => {
    const key = 'sk-4aZq7Wm9xKc2Lt5v'
    const endless = {
      name: 'endless',
      when: { user: 'endless' },
      then: { text: 'One two', pacing: { gap: 60_000 } },
    }
    const file = join(await scratchFolder(), 'endless.json')
    await writeFile(file, JSON.stringify({ scenarios: [endless] }))
    const scenarios = ['fixtures/scenarios', file].flatMap((path) => ['--scenarios', path])
    const { url, child, exit } = await serve(...scenarios, '--strict')
    const errors = text(child.stderr!)
    const ask = async (content: string) =>
      fetch(`${url}/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
        body: JSON.stringify({ model: 'm', stream: true, messages: [{ role: 'user', content }] }),
      })
    await (await ask('A riddle, please')).text()
    await (await ask(`\u001b[31m\u202e ${key} ##[group]`)).text()
    await (await ask('endless')).body!.cancel()
    await (await fetch(`${url}/files/${key}?key=${key}`)).text()
    await (await fetch(`${url}/models`)).text()
    await (await fetch(`${url}/%zz?key=${key}`)).text()
    child.kill('SIGTERM')
    await exit
    const lines = (await errors).split('\n').filter((line) => !line.startsWith('soundcheck: '))
    const shown = lines.map((line) => line.replaceAll(/\d+ ms/g, '_ ms')).toSorted()
    expect(shown).toEqual([
      '',
      'GET  /v1/%zz?key=[redacted]  400  _ ms',
      'GET  /v1/files/*******************?key=[redacted]  404  _ ms',
      'GET  /v1/models  200  _ ms',
      'POST  /v1/chat/completions  200  _ ms  "endless"  the client left',
      'POST  /v1/chat/completions  200  _ ms  "think aloud"',
      expect.stringMatching(
        /^POST  \/v1\/chat\/completions  404  _ ms  no scenario; nearest "busy at first": user says "\\u001b\[31m\\u\{202e\} \*+ \\u\{23\}#\[group\]", not "table"$/,
      ),
    ])
  })

  test('answers with the scenarios that its files hold now, with --watch', async () => {
    const folder = await scratchFolder()
    const write = async (file: string, said: string) => writeFile(join(folder, file), said)
    await write('a.yaml', 'scenarios: [{ then: { text: before } }]')
    await write('b.mjs', 'export default [{ name: "b", when: { user: "b" }, then: { text: "b" } }]')
    const { url, child } = await serve('--scenarios', folder, '--watch', '--quiet')
    const lines = createInterface(child.stderr!)[Symbol.asyncIterator]()
    // A file may be seen in the middle of its writing, too.
    const told = async (line: RegExp) => {
      while (!line.test((await lines.next()).value ?? ''));
    }
    const reply = async (content: string) => {
      const response = await post(fetch, saying(content), {}, `${url}/chat/completions`)
      return (await joined(response)).choices[0]?.text
    }
    expect(await reply('hello')).toBe('before')

    await write('a.yaml', 'scenarios: [{ then: { text: after } }]')
    await told(/^soundcheck: loaded 2 scenarios again$/)
    expect(await reply('hello')).toBe('after')

    await write('a.yaml', 'scenarios: [{ then: { txt: no } }]')
    await told(/a\.yaml:1.*"txt".*; the scenarios before stay$/)
    expect(await reply('hello')).toBe('after')

    await rm(join(folder, 'a.yaml'))
    await told(/loaded 1 scenario again$/)
    // Another number of them: a file that goes may be told of twice.
    await write('b.mjs', 'export default [{ name: "b", then: "module" }, { name: "c", then: "c" }]')
    await told(/loaded 2 scenarios again$/)
    expect(await reply('hello')).toBe('module')
    child.kill('SIGTERM')
  })

  test('--watch without scenarios is told what it lacks', async () => {
    const { code, stderr } = await runCli(['serve', '--watch'])
    expect([code, stderr]).toEqual([2, expect.stringContaining('--watch needs --scenarios')])
  })

  test('prints no line for a request with --quiet', async () => {
    const { url, child, exit } = await serve('--quiet')
    const errors = text(child.stderr!)
    await (await fetch(`${url}/models`)).text()
    child.kill('SIGTERM')
    await exit
    expect(await errors).toBe('')
  })

  test('stops, and keeps answering, where nobody reads what it prints', async () => {
    const { url, child, exit } = await serve()
    const path = `${url}/${'x'.repeat(200)}`
    for (let i = 0; i < 1_500; i++) await (await fetch(path)).text()
    child.kill('SIGTERM')
    child.once('exit', () => child.stderr!.resume())
    expect(await exit).toBe(0)
  })

  test('writes in the Responses API as it is told', async () => {
    const ask = async (...args: string[]) => {
      const { url } = await serve(...args)
      const body = JSON.stringify({ model: 'm', input: 'Hi', stream: true })
      const headers = { 'content-type': 'application/json' }
      return (await fetch(`${url}/responses`, { method: 'POST', headers, body })).text()
    }
    expect(await ask()).toMatch(/^event: response\.created\n/)
    const args = ['--responses-style', 'minimal', '--responses-done', '--no-responses-event-lines']
    const minimal = await ask(...args)
    expect(minimal).toMatch(/^data: \{"type":"response\.output_text\.delta","delta":"/)
    expect(minimal).toMatch(/"status":"completed"\}\}\n\ndata: \[DONE\]\n\n$/)
  })

  test('stands in for OpenAI', async () => {
    const { url } = await serve('--as', 'openai')
    const response = await fetch(`${url}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        model: 'm',
        messages: [{ role: 'user', content: 'Hi' }],
        elevenlabs_extra_body: {},
      }),
    })
    expect(response.status).toBe(400)
    expect(await response.text()).toContain('supplied: elevenlabs_extra_body')
  })

  test('a port in use: 2, and how to choose another', async () => {
    const { port } = new URL((await serve()).url)
    const { code, stderr } = await runCli(['serve', '--port', port])
    expect(stderr).toContain(`127.0.0.1:${port}: the port is in use; choose another with --port`)
    expect(code).toBe(2)
  })

  test.each([
    ['a share of faults that is none', ['--fault', 'sse/done-missing:2'], 'is not from 0 to 1'],
    ['jitter of nothing', ['--jitter', '0.1'], 'add --tps'],
    ['a rate that is none', ['--tps', '0'], 'Give a number from 0.01 to 100000.'],
    [
      'scenarios in an unknown form',
      ['--scenarios', 'README.md'],
      'README.md: ".md" holds no scenarios',
    ],
    ['an API it does not know', ['--as', 'hal'], 'Allowed choices are openai.'],
    ['an unknown fault', ['--fault', 'nonsense'], 'no fault "nonsense"'],
    ['an address it cannot have', ['--host', '192.0.2.1'], 'cannot listen on 192.0.2.1'],
  ])('%s: 2', async (_, args, message) => {
    const { code, stderr } = await runCli(['serve', '--port', '0', ...args])
    expect(stderr).toContain(message)
    expect(code).toBe(2)
  })
})

describe('help', () => {
  let help: string
  beforeAll(async () => {
    help = (await spawnCli(['--help'])).stdout
  })

  test('names every command and exit code', () => {
    for (const word of ['check', 'lint', 'serve', 'checks', 'explain', '130 interrupted'])
      expect(help).toContain(word)
  })

  test.each(['check', 'lint', 'serve', 'explain'])('%s has its own', async (command) => {
    const { code, stdout } = await runCli([command, '--help'])
    expect(stdout).toContain(`Usage: soundcheck ${command}`)
    expect(code).toBe(0)
  })

  test.each(['check', 'lint', 'serve'])('%s names its exit codes', async (command) => {
    const { stdout } = await runCli([command, '--help'])
    expect(stdout).toMatch(/^Exit codes: 0 .*, 2 cannot run/m)
  })
})
