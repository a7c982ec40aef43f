import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import picomatch from 'picomatch'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { referenceServer } from '../support/reference-server.ts'
import { runCli } from '../support/run-cli.ts'
import { startCli } from '../support/start-cli.ts'

const root = new URL('../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')

const manifest = JSON.parse(read('package.json'))
const { services } = parse(read('compose.yaml'))
const instructions = read('Dockerfile')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => ({
    name: line.slice(0, line.indexOf(' ')),
    rest: line.slice(line.indexOf(' ') + 1),
  }))
const all = (name: string) =>
  instructions.filter((each) => each.name === name).map(({ rest }) => rest)

test('what is copied from the folder exists, and is not ignored', () => {
  const allowed = read('.dockerignore')
    .split('\n')
    .flatMap((line) => (line.startsWith('!') ? line.slice(1) : []))
  const sources = all('COPY')
    .filter((rest) => !rest.startsWith('--from'))
    .flatMap((rest) => rest.split(' ').slice(0, -1))
  expect(sources.length).toBeGreaterThan(0)
  for (const source of sources) {
    expect(existsSync(new URL(source, root)), source).toBe(true)
    expect(picomatch.isMatch(source, allowed), source).toBe(true)
  }
})

test('the image holds what the package publishes, and its entry point is its command', () => {
  const copied = all('COPY').flatMap((rest) => rest.split(' ').slice(0, -1))
  const held = copied.map((path) => path.replace('/app/', ''))
  for (const published of manifest.files) expect(held).toContain(published)
  const [node, file] = JSON.parse(all('ENTRYPOINT')[0]!)
  expect(node).toBe('node')
  expect(file).toBe(`/app/${manifest.bin.soundcheck.replace('./', '')}`)
})

test('it runs what the package has, without development dependencies, as nobody special', () => {
  for (const command of all('RUN')) {
    const [, script] = /^npm run (\S+)$/.exec(command) ?? []
    if (script === undefined) expect(command).toMatch(/^npm (?:ci|prune --omit=dev)$/)
    else expect(manifest.scripts).toHaveProperty(script)
  }
  expect(all('RUN').at(-1)).toBe('npm prune --omit=dev')
  expect(all('USER')).toEqual(['node'])
  expect(new Set(all('FROM').map((image) => image.split(' ')[0]))).toEqual(
    new Set(['node:24-slim']),
  )
})

/** Starts a server by the arguments that a container is given, on a free port. */
async function serveBy(
  args: readonly string[],
): Promise<{ port: string; stop: () => Promise<void> }> {
  const given = args.map((arg) => (arg === '8787' ? '0' : arg))
  expect(given).not.toEqual(args)
  const child = startCli(given)
  const exit = new Promise((resolve) => child.once('exit', resolve))
  let said = ''
  for await (const piece of child.stdout!) {
    said += piece
    if (said.includes('\n')) break
  }
  const [, port] = /:(\d+)\//.exec(said) ?? []
  return {
    port: port!,
    async stop() {
      child.kill('SIGTERM')
      await exit
    },
  }
}

test.each([
  ['Dockerfile', JSON.parse(all('CMD')[0]!) as string[]],
  ['compose.yaml', services.serve.command as string[]],
])('the server of %s starts, and is healthy', async (_, args) => {
  const { port, stop } = await serveBy(args)
  try {
    const [kind, node, ...rest] = services.serve.healthcheck.test as string[]
    expect([kind, node]).toEqual(['CMD', 'node'])
    const probe = (to: string) =>
      promisify(execFile)(
        process.execPath,
        rest.map((arg) => arg.replace('8787', to)),
      )
    await probe(port)
    await expect(probe('1')).rejects.toThrow('Command failed')
  } finally {
    await stop()
  }
})

test('the check of compose.yaml passes, once the server is healthy', async () => {
  expect(services.check.depends_on).toEqual({ serve: { condition: 'service_healthy' } })
  const url = await referenceServer()
  const args: string[] = services.check.command.map((arg: string) =>
    arg.replace('http://serve:8787/v1', url),
  )
  expect(args).toContain(url)
  expect((await runCli([...args, '--skip', 'latency'])).code).toBe(0)
})
