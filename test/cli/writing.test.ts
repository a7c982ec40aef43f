import { execFile } from 'node:child_process'
import { lstat, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { BIN, KEPT_TOGETHER, spawnCli } from '../support/start-cli.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const BODY = 'data: [DONE]\n\n'
const FIXTURES = JSON.stringify({
  fixtures: [{ match: { model: 'm' }, response: { content: 'Hello.' } }],
})

/** A folder with input for each command. */
async function scratch() {
  const folder = await scratchFolder()
  await writeFile(join(folder, 'a.sse'), BODY)
  await writeFile(join(folder, 'aimock.json'), FIXTURES)
  return folder
}

/** The arguments that make a command write to a file. */
const WRITE = {
  lint: (file: string) => ['lint', 'a.sse', '--reporter', `json=${file}`],
  import: (file: string) => ['scenarios', 'import', 'aimock.json', '--output', file],
  baseline: (file: string) => [
    'check',
    '--only',
    'sse/done',
    '--baseline',
    file,
    '--update-baseline',
  ],
}
const COMMANDS = Object.entries(WRITE)

/** The command line under bash, which redirects. */
function runRedirected(args: readonly string[], redirection: string, cwd: string) {
  const script = `'${process.execPath}' '${BIN}' ${args.join(' ')} ${redirection}`
  return promisify(execFile)('bash', ['-c', script], {
    cwd,
    env: { ...process.env, ...KEPT_TOGETHER },
  }).then(
    (result) => ({ code: 0, ...result }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  )
}

test.each(COMMANDS)('%s replaces a link, and what it led to stays as it was', async (_, args) => {
  const folder = await scratch()
  const victim = join(folder, 'victim.json')
  await writeFile(victim, '{"failures":[]}')
  await symlink(victim, join(folder, 'out.json'))
  await spawnCli(args('out.json'), {}, folder)
  expect(await readFile(victim, 'utf8')).toBe('{"failures":[]}')
  const written = await lstat(join(folder, 'out.json'))
  expect(written.isFile()).toBe(true)
  expect(written.mode & 0o777).toBe(0o666 & ~process.umask())
  expect((await readdir(folder)).toSorted()).toEqual([
    'a.sse',
    'aimock.json',
    'out.json',
    'victim.json',
  ])
})

test.each([
  ['a device that is full', WRITE.lint('/dev/full'), '', '"/dev/full"'],
  ['a device that is full', WRITE.import('/dev/full'), '', '"/dev/full"'],
  ['a folder that nobody can make', WRITE.lint('/proc/x/y'), '', '"/proc/x/y"'],
  ['a folder that is not there', WRITE.import('nowhere/x'), '', '"nowhere/x"'],
  ['full standard output', ['checks'], '> /dev/full', 'standard output'],
  ['full standard output', ['lint', 'a.sse'], '> /dev/full', 'standard output'],
  [
    'full standard output',
    ['scenarios', 'import', 'aimock.json'],
    '> /dev/full',
    'standard output',
  ],
])('onto %s, %j is one sentence and 2', async (_, args, redirection, where) => {
  const { code, stderr } = await runRedirected(args, redirection, await scratch())
  expect(stderr).toMatch(/^soundcheck: [^\n]*\n$/)
  expect(stderr).toContain(`cannot write to ${where}`)
  expect(code).toBe(2)
})

test.each([
  ['full', '2> /dev/full'],
  ['closed', '2>&-'],
  ['a pipe that nobody reads', '2> >(exec 0<&-)'],
])('where standard error is %s, report and exit code stay the same', async (_, redirection) => {
  const folder = await scratch()
  const baseline = ['check', '--only', 'sse/done', '--quick', '--json', '--baseline', 'known.json']
  const good = await runRedirected([...baseline, '--update-baseline'], redirection, folder)
  expect(JSON.parse(good.stdout)).toMatchObject({ verdict: 'pass' })
  expect(good.code).toBe(0)
  expect(await readdir(folder)).toContain('known.json')
  expect(await runRedirected(['lint', 'nowhere'], redirection, folder)).toMatchObject({ code: 2 })
})

test('a pipe or a file that is open already is written to', async () => {
  const folder = await scratch()
  for (const redirection of ['| cat > out', '> out']) {
    await runRedirected(WRITE.lint('/dev/stdout'), redirection, folder)
    expect(JSON.parse(await readFile(join(folder, 'out'), 'utf8'))).toHaveProperty('verdict')
  }
})

test('init writes through no link, not even one that leads nowhere', async () => {
  const folder = await scratchFolder()
  await symlink('victim', join(folder, 'soundcheck.config.json'))
  const { code, stderr } = await spawnCli(['init'], {}, folder)
  expect(stderr).toContain('is there already')
  expect(code).toBe(2)
  expect(await readdir(folder)).toEqual(['soundcheck.config.json'])

  expect((await spawnCli(['init', '--force'], {}, folder)).code).toBe(0)
  expect((await readdir(folder)).toSorted()).toEqual(['.github', 'soundcheck.config.json'])
  expect((await lstat(join(folder, 'soundcheck.config.json'))).isFile()).toBe(true)
})

test('the folders of --save are for their owner only; those that are there stay as they are', async () => {
  const folder = await scratchFolder()
  await mkdir(join(folder, 'there'), { mode: 0o755 })
  await spawnCli(['check', '--only', 'sse/done', '--quick', '--save', 'there/a/b'], {}, folder)
  const modes = ['there', 'there/a', 'there/a/b'].map(
    async (path) => (await lstat(join(folder, path))).mode & 0o777,
  )
  expect(await Promise.all(modes)).toEqual([0o755, 0o700, 0o700])
})

/** A reply that a client would wait for, since nothing ends it. */
const UNFINISHED =
  'data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"Hi."},"finish_reason":"stop"}]}\n\n'

test.each(['.', '/proc/x/y', '/dev/full'])(
  'a report that cannot be written to %s costs no other, and is 2',
  async (file) => {
    const folder = await scratch()
    const args = ['--reporter', `json=${file}`, '--reporter', 'junit=a.xml', '--reporter', 'tap']
    const { code, stdout, stderr } = await spawnCli(['lint', 'a.sse', ...args], {}, folder)
    expect(stderr).toMatch(/^soundcheck: cannot write to "[^\n]*\n$/)
    expect(stderr).toContain(`"${file}"`)
    expect(stdout).toContain('TAP version 14')
    expect(await readFile(join(folder, 'a.xml'), 'utf8')).toContain('<testsuites')
    expect(code).toBe(2)
  },
)

test('every report that cannot be written is named, beside those that are there', async () => {
  const folder = await scratch()
  const reporters = ['json=.', 'junit=/dev/full', 'sarif=a.sarif', 'github=a.txt']
  const args = reporters.flatMap((each) => ['--reporter', each])
  const env = { GITHUB_STEP_SUMMARY: folder }
  const { code, stderr } = await spawnCli(['lint', 'a.sse', ...args], env, folder)
  for (const part of ['see a.sarif, a.txt', '"."', '"/dev/full"', `"${folder}"`])
    expect(stderr).toContain(part)
  expect(code).toBe(2)
})

test('a baseline is written although a report is not', async () => {
  const folder = await scratch()
  const args = [...WRITE.baseline('known.json'), '--quick', '--reporter', 'json=/dev/full']
  expect(await spawnCli(args, {}, folder)).toMatchObject({ code: 2 })
  expect(await readdir(folder)).toContain('known.json')
})

test.each([
  ['passes', ['checks'], 0],
  ['fails', ['lint', 'cut.sse'], 1],
])('who stops reading early changes no exit code of what %s', async (_, args, code) => {
  const folder = await scratch()
  await writeFile(join(folder, 'cut.sse'), UNFINISHED)
  const closed = await runRedirected(args, '| exec 0<&-; exit ${PIPESTATUS[0]}', folder)
  expect({ code: closed.code, stderr: closed.stderr }).toEqual({ code, stderr: '' })
})

test('colours are for terminals: a pipe has none, be it in CI', async () => {
  const { stdout } = await spawnCli(['lint', '-'], { CI: 'true', FORCE_COLOR: '1' })
  expect(stdout).not.toContain('\u001B[')
})
