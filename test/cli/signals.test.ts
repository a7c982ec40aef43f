import { type ChildProcess, execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { untilInterrupted } from '../../src/cli/progress/until-interrupted.ts'
import { rawServer } from '../support/raw-server.ts'
import { startCli } from '../support/start-cli.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

/** What a process says, and how it ends. */
async function endOf(child: ChildProcess) {
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout!),
    text(child.stderr!),
    once(child, 'close') as Promise<[number | null]>,
  ])
  return { stdout, stderr, code }
}

/** Asks the test for nothing but a line, and never ends. */
const ENDLESS_CONFIG = `
process.stderr.write('reading\\n')
setInterval(() => {}, 1_000)
await new Promise(() => {})
`

test.each([
  ['check', 'SIGINT'],
  ['lint', 'SIGTERM'],
] as const)(
  '%s, reading its configuration, ends at %s: 130, and one line',
  async (name, signal) => {
    const folder = await scratchFolder()
    await writeFile(join(folder, 'soundcheck.config.ts'), ENDLESS_CONFIG)
    const child = startCli([name, 'a.sse'], {}, 'ignore', folder)
    const end = endOf(child)
    await once(child.stderr!, 'data')
    child.kill(signal)
    expect(await end).toEqual({
      code: 130,
      stdout: '',
      stderr: 'reading\nsoundcheck: interrupted before there was anything to report\n',
    })
  },
)

test('a second signal ends what the first one could not: 130', async () => {
  const [asked, left] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const url = await rawServer((_, response) => {
    response.on('close', left.resolve)
    asked.resolve()
  })
  const folder = await scratchFolder()
  // More than a pipe takes, and nobody reads it.
  const flood = `process.stdout.write('x'.repeat(1_000_000))\nexport default {}\n`
  await writeFile(join(folder, 'soundcheck.config.ts'), flood)
  const child = startCli(['check', url], {}, 'ignore', folder)
  const exit = once(child, 'exit')
  await asked.promise
  child.kill('SIGINT')
  await left.promise
  child.kill('SIGINT')
  expect(await exit).toEqual([130, null])
})

/** A named pipe; who is to write to it waits until somebody reads. */
function makePipe(path: string): void {
  execFileSync('bash', ['-c', `mkfifo '${path}'`])
}

test('while reports are written, a signal is heard, and they are written whole: 130', async () => {
  const folder = await scratchFolder()
  makePipe(join(folder, 'pipe'))
  const outputs = ['--json', '--reporter', 'html=pipe', '--reporter', 'junit=out.xml']
  const child = startCli(['check', '--only', 'sse/done', ...outputs], {}, 'ignore', folder)
  const end = endOf(child)
  await once(child.stdout!, 'data')
  child.kill('SIGTERM')
  const page = await readFile(join(folder, 'pipe'), 'utf8')
  const { code, stdout } = await end
  expect(code).toBe(130)
  expect(JSON.parse(stdout)).toMatchObject({ verdict: 'pass' })
  expect(page).toMatch(/<\/html>\s*$/)
  expect(await readFile(join(folder, 'out.xml'), 'utf8')).toMatch(/<\/testsuites>\s*$/)
  expect((await readdir(folder)).toSorted()).toEqual(['out.xml', 'pipe'])
})

test('a signal that came while a server started is not waited for again', async () => {
  await expect(untilInterrupted(AbortSignal.abort())).resolves.toBeUndefined()
})
