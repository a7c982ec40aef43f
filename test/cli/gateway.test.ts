import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { startServer } from '../../src/server/index.ts'
import { freePort } from '../support/free-port.ts'
import { runCli } from '../support/run-cli.ts'
import { scratchFolder } from '../support/scratch-folder.ts'
import { ask } from '../support/served-gateway.ts'
import { spawnCli, startCli } from '../support/start-cli.ts'

interface Started {
  readonly child: ChildProcess
  readonly url: string
  /** What it prints, but for its log. */
  readonly stdout: () => string
  /** The lines about turns in its log. */
  readonly turns: () => Record<string, unknown>[]
  readonly stderr: () => string
  /** Ends it; gives its exit code. */
  readonly end: (signal?: NodeJS.Signals) => Promise<number | null>
}

/** Starts `soundcheck gateway` on any free port. */
async function gateway(
  args: readonly string[],
  env: Record<string, string> = {},
  folder?: string,
): Promise<Started> {
  const child = startCli(['gateway', '--port', '0', ...args], env, 'ignore', folder)
  const [said, told]: [string[], string[]] = [[], []]
  child.stdout!.on('data', (data) => said.push(String(data)))
  child.stderr!.on('data', (data) => told.push(String(data)))
  const exit = once(child, 'exit') as Promise<[number | null]>
  onTestFinished(() => void child.kill('SIGKILL'))
  const urlNow = () => {
    if (child.exitCode !== null) throw new Error(told.join(''))
    return /Listening on (\S+)/.exec(said.join(''))?.[1]
  }
  const url = await vi.waitUntil(urlNow, { timeout: 20_000 })
  return {
    child,
    url,
    stdout: () => said.join('').replaceAll(/^\{.*\n/gm, ''),
    turns: () =>
      (said.join('').match(/^\{.*$/gm) ?? [])
        .map((line) => JSON.parse(line) as Record<string, unknown>)
        .filter((line) => 'outcome' in line),
    stderr: () => told.join(''),
    async end(signal = 'SIGTERM') {
      child.kill(signal)
      const [code] = await exit
      return code
    },
  }
}

async function upstream(text: string): Promise<string> {
  const server = await startServer({ scenarios: [{ then: { text } }] })
  onTestFinished(() => server.close())
  return server.url
}

/** What the caller hears. */
async function heard(response: Response): Promise<string> {
  const said = [...(await response.text()).matchAll(/"content":"((?:[^"\\]|\\.)*)"/g)]
  return said.map(([, piece]) => piece).join('')
}

const STREAM = JSON.stringify({
  model: 'voice',
  stream: true,
  messages: [{ role: 'user', content: 'Hi' }],
})

describe('soundcheck gateway', () => {
  test('answers by a server, says what a platform is given, and ends by a signal', async () => {
    const args = ['--upstream', await upstream('Hello there.'), '--model', 'gpt-5-mini']
    const started = await gateway(args)
    expect(await heard(await ask(started.url, { body: STREAM }))).toBe('Hello there.')
    expect(
      started
        .stdout()
        .replaceAll(/:\d+/g, ':PORT')
        .replace(/port \d+/, 'port PORT'),
    ).toBe(
      `Listening on http://127.0.0.1:PORT/v1 (Ctrl-C to stop)
In ElevenLabs, choose "Custom LLM" for the agent, and enter
  Server URL  https://<where port PORT is reached from outside>/v1
  Model ID    gpt-5-mini
  API key     none: only this machine is answered; add --api-key before others may ask
`,
    )
    expect(await started.end('SIGTERM')).toBe(0)
    expect(started.stderr()).toBe('')
  })

  test('says that the name of a model is passed on where none is given', async () => {
    const started = await gateway(['--upstream', await upstream('Hello there.')])
    expect(started.stdout()).toContain('Model ID    a model that the upstream knows')
  })

  test('falls back to the next upstream', async () => {
    const dead = `http://127.0.0.1:${await freePort()}/v1`
    const { url } = await gateway(['--upstream', dead, '--upstream', await upstream('Hi.')])
    expect(await heard(await ask(url, { body: STREAM }))).toBe('Hi.')
  })

  test('asks a server with its key', async () => {
    const server = await startServer({ apiKey: 'sk-up', scenarios: [{ then: { text: 'In.' } }] })
    onTestFinished(() => server.close())
    const { url } = await gateway(['--upstream', server.url], { UPSTREAM_API_KEY: 'sk-up' })
    expect(await heard(await ask(url, { body: STREAM }))).toBe('In.')
  })

  test('requires a key of the environment, of the command line, or of a file', async () => {
    const folder = await scratchFolder()
    writeFileSync(
      join(folder, 'keys.json'),
      '{"keys": [{"name": "filed", "key": "sk-filed", "perMinute": 1}]}',
    )
    const at = await upstream('Hi.')
    const statusOf = async (url: string, key: string) =>
      (await ask(url, { headers: { authorization: `Bearer ${key}` } })).status
    const byEnvironment = await gateway(['--upstream', at], { SOUNDCHECK_API_KEY: 'sk-env' })
    expect(await statusOf(byEnvironment.url, 'sk-env')).toBe(200)
    expect(await statusOf(byEnvironment.url, 'sk-other')).toBe(401)
    expect(byEnvironment.stdout()).toContain('API key     one of its keys, as a secret\n')
    const keys = ['--api-key', 'sk-one', '--api-key', 'sk-two', '--keys', 'keys.json']
    const { url } = await gateway(['--upstream', at, ...keys], {}, folder)
    expect(await statusOf(url, 'sk-one')).toBe(200)
    expect(await statusOf(url, 'sk-two')).toBe(200)
    expect(await statusOf(url, 'sk-filed')).toBe(200)
    expect(await statusOf(url, 'sk-filed')).toBe(429)
    expect(await statusOf(url, 'sk-three')).toBe(401)
  })

  test('does as a configuration says, unless the command line says otherwise', async () => {
    const folder = await scratchFolder()
    const config = `
      import { defineGateway } from '${new URL('../../src/gateway/node.ts', import.meta.url).href}'
      export default defineGateway({
        models: {
          one: [{ upstream: '${await upstream('One.')}' }],
          two: [{ upstream: '${await upstream('Two.')}' }],
        },
        keys: (key) => (key === 'sk-code' ? { name: 'code', models: ['two'] } : undefined),
        perMinute: 3,
      })`
    writeFileSync(join(folder, 'soundcheck.gateway.ts'), config)
    const { url } = await gateway(['--rate', '2/min'], {}, folder)
    const asking = (model: string) =>
      ask(url, {
        headers: { authorization: 'Bearer sk-code' },
        body: STREAM.replace('voice', model),
      })
    expect(await heard(await asking('two'))).toBe('Two.')
    expect((await asking('one')).status).toBe(403)
    expect((await asking('two')).status).toBe(429)
  })

  test('logs a line a request, without what was said unless that is wished for', async () => {
    const at = await upstream('Secretly yours.')
    const started = await gateway(['--upstream', at, '--model', 'm'], { MY_SECRET: 'sk-canary-1' })
    const headers = { 'x-request-id': 'turn-sk-canary-1' }
    await heard(await ask(started.url, { body: STREAM, headers }))
    await expect.poll(() => started.turns()).toHaveLength(1)
    const [line] = started.turns()
    expect(line).toMatchObject({ outcome: 'answered', model: 'm', status: 200 })
    expect(JSON.stringify(line)).not.toMatch(/canary|Secretly/)
    const open = await gateway(['--upstream', at, '--log-content'])
    await heard(await ask(open.url, { body: STREAM }))
    await expect.poll(() => open.turns()).toHaveLength(1)
    expect(JSON.stringify(open.turns())).toContain('Secretly yours.')
  })

  test('logs whose key was refused, and tells the caller nothing of it', async () => {
    const server = await startServer({ apiKey: 'sk-up' })
    onTestFinished(() => server.close())
    const env = { UPSTREAM_API_KEY: 'sk-canary-2' }
    const started = await gateway(['--upstream', server.url], env)
    const response = await ask(started.url, { body: STREAM })
    expect(response.status).toBe(502)
    expect(await response.text()).not.toMatch(/canary|127\.0\.0\.1|UPSTREAM/)
    await expect.poll(() => started.turns()).toHaveLength(1)
    const [line] = started.turns()
    expect(line!['msg']).toMatch(/refused the gateway's key \(UPSTREAM_API_KEY\)$/)
    expect(JSON.stringify(line)).not.toContain('canary')
  })

  test('tells Prometheus of its turns', async () => {
    const { url } = await gateway(['--upstream', await upstream('Hi.'), '--model', 'm'])
    await heard(await ask(url, { body: STREAM }))
    const scrape = async () => (await fetch(new URL('/metrics', url))).text()
    const line = 'soundcheck_gateway_requests_total{model="m",key="none",outcome="answered"} 1'
    await expect.poll(scrape).toContain(line)
  })

  test('lets an answer come to its end when it is stopped', async () => {
    const slow = await slowUpstream(400)
    const started = await gateway(['--upstream', slow])
    const response = await ask(started.url, { body: STREAM })
    const ended = started.end('SIGTERM')
    expect(await heard(response)).toBe('Well, yes.')
    expect(await ended).toBe(0)
  })

  test('ends 200 answers well that take too long when it is stopped', async () => {
    const slow = await slowUpstream(60_000)
    const started = await gateway(['--upstream', slow, '--drain', '0.1'])
    const responses = await Promise.all(
      Array.from({ length: 200 }, (_, i) =>
        ask(started.url, { body: STREAM.replace('Hi', `Hi, I am caller ${i}`) }),
      ),
    )
    const ended = started.end('SIGINT')
    const texts = await Promise.all(responses.map((each) => each.text()))
    const whole = /Well[^]*"finish_reason":"stop"[^]*data: \[DONE\]\n\n$/
    expect(texts.filter((each) => !whole.test(each))).toEqual([])
    expect(await ended).toBe(0)
    expect(started.turns().map(({ outcome }) => outcome)).toEqual(Array(200).fill('drained'))
  })
})

/** Says a word, and another one some time later. */
async function slowUpstream(ms: number): Promise<string> {
  const server = createServer((request, response) => {
    request.resume()
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(chunk({ role: 'assistant', content: 'Well, ' }, null))
    const timer = setTimeout(() => {
      response.end(`${chunk({ content: 'yes.' }, null)}${chunk({}, 'stop')}data: [DONE]\n\n`)
    }, ms)
    response.on('close', () => clearTimeout(timer))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
}

function chunk(delta: object, finish_reason: string | null): string {
  const choices = [{ index: 0, delta, finish_reason }]
  const head = { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm' }
  return `data: ${JSON.stringify({ ...head, choices })}\n\n`
}

const UP = ['--upstream', 'http://127.0.0.1:1/v1']

describe('what makes no sense is told: 2', () => {
  test.each([
    [[], /^soundcheck: nothing is named that answers: add --upstream/],
    [['--model', 'gpt'], /--model needs --upstream/],
    [[...UP, ...UP, ...UP, '--model', 'a', '--model', 'b'], /--model once, or once for each/],
    [[...UP, '--buffer-words', 'Hm... '], /--buffer-words needs --buffer-words-after/],
    [[...UP, '--redis-down', 'open'], /--redis-down needs --redis/],
    [[...UP, '--rate', '60/h'], /'60\/h' is invalid. Write it as 60\/min/],
    [[...UP, '--host', '0.0.0.0'], /whoever reaches 0\.0\.0\.0 could ask.*--allow-anyone/],
    [[...UP, '--keys', 'none.json'], /the keys in none\.json cannot be used: ENOENT/],
    [['--upstream', 'anthropic', '--model', 'claude'], /ANTHROPIC_API_KEY/],
    [['--upstream', 'nobody', '--model', 'x'], /--upstream nobody is neither a URL nor one of/],
    [[...UP, '--config', 'none.json'], /cannot read "none.json"/],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await runCli(['gateway', ...args], {}, await scratchFolder())
    expect(stderr).toMatch(message)
    expect([code, stdout]).toEqual([2, ''])
  })

  const UNBEARABLE = 'is empty, or begins or ends with a blank, so that no request could bear it'
  const from = "from env 'SOUNDCHECK_API_KEY' "

  test.each([
    [['--api-key='], {}, ''],
    [['--api-key', 'sk-good', '--api-key', ''], {}, ''],
    [['--api-key', 'sk-secret\n'], {}, ''],
    [[], { SOUNDCHECK_API_KEY: '' }, from],
    [['--host', '0.0.0.0'], { SOUNDCHECK_API_KEY: '' }, from],
  ])('a key that nobody can send: %j, %j', async (args, env, where) => {
    const { code, stdout, stderr } = await runCli(['gateway', ...UP, ...args], env)
    const said = `option '--api-key <key>' as it was given ${where}is invalid. It ${UNBEARABLE}`
    expect(stderr).toBe(`soundcheck: ${said}: give a key, or unset it to need none.\n`)
    expect([code, stdout]).toEqual([2, ''])
  })

  test('Redis without its client', async () => {
    const folder = await scratchFolder()
    writeFileSync(
      join(folder, 'without.mjs'),
      `import { registerHooks } from 'node:module'
      registerHooks({
        resolve(specifier, context, next) {
          return next(specifier === 'ioredis' ? 'ioredis-is-not-here' : specifier, context)
        },
      })`,
    )
    const env = { NODE_OPTIONS: `--import=${join(folder, 'without.mjs')}` }
    const args = ['gateway', ...UP, '--redis', 'redis://127.0.0.1:1']
    const { code, stderr } = await spawnCli(args, env)
    expect(code).toBe(2)
    expect(stderr).toBe(
      'soundcheck: Redis needs the package ioredis, which is not installed: npm install ioredis\n',
    )
  })

  test('a port in use', async () => {
    const server = await startServer()
    onTestFinished(() => server.close())
    const { port } = new URL(server.url)
    const { code, stderr } = await runCli(['gateway', ...UP, '--port', port])
    expect(code).toBe(2)
    expect(stderr).toContain(`cannot listen on 127.0.0.1:${port}: the port is in use`)
  })

  test('a secret of the command line is not', async () => {
    const redis = ['--redis', 'http://:sk-secret@redis.example']
    const { code, stderr } = await runCli(['gateway', ...UP, '--api-key', 'sk-key', ...redis])
    expect(code).toBe(2)
    expect(stderr).toMatch(/has to begin with redis:\/\//)
    expect(stderr).not.toMatch(/sk-/)
  })

  test.each([
    [
      '{"models": {"voice": [{"upstream": 5}]}}',
      '/models/voice/0/upstream must be string, and is 5: A provider, such as "anthropic", or the base URL of a server.',
    ],
    [
      '{"models": {}}',
      '/models must NOT have fewer than 1 properties, and is an object: What answers, by the name that a request asks for, in the order in which it is fallen back to. A single model answers to every name.',
    ],
    [
      '{"models": {"voice": [{"upstream": "http://a/v1", "modle": "x"}]}}',
      '/models/voice/0 has no option "modle": it takes upstream, model, apiKeyEnv, headers, headersEnv, name',
    ],
    [
      '{"models": {"voice": [{"upstream": "http://a/v1", "apiKeyEnv": "sk-secret"}]}}',
      '/models/voice/0/apiKeyEnv must match pattern "^[A-Za-z_][A-Za-z0-9_]*$", and is a text: The environment variable that holds its key; that of the provider, when absent.',
    ],
    [
      '{"models": {"voice": [{"upstream": "http://a/v1", "apiKeyEnv": "MY_KEY"}]}}',
      '/models/voice/0/apiKeyEnv names MY_KEY, which is not set: export MY_KEY=...',
    ],
    [
      '{"models": {"voice": [{"upstream": "anthropic", "model": "claude"}]}}',
      '/models/voice/0/upstream: --upstream anthropic needs a key: set ANTHROPIC_API_KEY',
    ],
    [
      '{"models": {"voice": [{"upstream": "http://a/v1", "headers": {"x-api-key": "sk"}}]}}',
      '/models/voice/0/headers/x-api-key is a secret: keep it in an environment variable, and name that in "headersEnv", or in "apiKeyEnv"',
    ],
    [
      '{"models": {"voice": [{"upstream": "http://a/v1"}]}, "keys": [{"name": "a"}]}',
      "/keys/0 must have required property 'keyEnv', and is an object",
    ],
    [
      '{"models": {"voice": [{"upstream": "http://a/v1"}]}, "redis": {"urlEnv": "MY_REDIS"}}',
      '/redis/urlEnv names MY_REDIS, which is not set: export MY_REDIS=...',
    ],
  ])('a configuration %s', async (text, why) => {
    const folder = await scratchFolder()
    writeFileSync(join(folder, 'soundcheck.gateway.json'), text)
    const { code, stderr } = await runCli(['gateway'], {}, folder)
    expect(code).toBe(2)
    expect(stderr).toBe(`soundcheck: soundcheck.gateway.json cannot be used: ${why}\n`)
  })
})
