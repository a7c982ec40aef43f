import { lstat, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { faultOf } from '../support/fault.ts'
import { referenceServer } from '../support/reference-server.ts'
import { runCli } from '../support/run-cli.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const ONLY_SSE = ['--only', 'sse']
const modeOf = async (path: string) => (await lstat(path)).mode & 0o777
const brokenServer = () => referenceServer(faultOf('sse/done', 'done-missing'))

/** The file that a command to copy reads. */
const bodyFileIn = (stdout: string) =>
  /--data-binary '?@(?<file>.+?\.json)/.exec(stdout)?.groups?.['file']

test('a run that failed keeps its requests where nobody else can read or foresee them', async () => {
  const folder = await scratchFolder()
  const victim = join(folder, 'victim')
  await writeFile(victim, 'mine')
  await mkdir(join(folder, 'soundcheck'))
  await symlink(victim, join(folder, 'soundcheck', 'farewell-1.json'))

  const url = await brokenServer()
  const [first, second] = [
    await runCli(['check', url, ...ONLY_SSE], { TMPDIR: folder }),
    await runCli(['check', url, ...ONLY_SSE], { TMPDIR: folder }),
  ].map(({ stdout }) => bodyFileIn(stdout)!)

  expect(dirname(first!)).not.toBe(dirname(second!))
  expect(await modeOf(dirname(first!))).toBe(0o700)
  expect(await modeOf(first!)).toBe(0o600)
  expect(JSON.parse(await readFile(first!, 'utf8'))).toHaveProperty('messages')
  expect(await readFile(victim, 'utf8')).toBe('mine')
})

test('a run without failures, or whose report shows no command, leaves nothing behind', async () => {
  const folder = await scratchFolder()
  await runCli(['check', ...ONLY_SSE], { TMPDIR: folder })
  await runCli(['check', await brokenServer(), ...ONLY_SSE, '--json'], { TMPDIR: folder })
  expect(await readdir(folder)).toEqual([])
})

test('a file of a folder with spaces can be copied too', async () => {
  const folder = join(await scratchFolder(), 'my exchanges')
  const { stdout } = await runCli(['check', await brokenServer(), ...ONLY_SSE, '--save', folder])
  expect(stdout).toContain(`--data-binary '@${folder}/requests/`)
})

test('--save replaces links, and what they lead to stays as it was', async () => {
  const folder = await scratchFolder()
  const victim = join(folder, 'victim')
  await writeFile(victim, 'mine')
  const saved = join(folder, 'exchanges')
  await mkdir(join(saved, 'requests'), { recursive: true })
  const names = ['streamed-turn-1.json', 'requests/streamed-turn-1.json']
  for (const name of names) await symlink(victim, join(saved, name))

  await runCli(['check', await brokenServer(), ...ONLY_SSE, '--save', saved])
  expect(await readFile(victim, 'utf8')).toBe('mine')
  for (const name of names) {
    expect((await lstat(join(saved, name))).isFile()).toBe(true)
    expect(await modeOf(join(saved, name))).toBe(0o600)
  }
  const drafts = (await readdir(saved, { recursive: true })).filter(
    (name) => !/\.json$|^requests$/.test(name),
  )
  expect(drafts).toEqual([])
})

test('whatever a replayed request is called, its files stay in the folder', async () => {
  const folder = await scratchFolder()
  const requests = join(folder, 'requests')
  await mkdir(requests)
  const request = JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'Hi.' }] })
  for (const name of ['...json', '..\\..\\x.json', '%2e%2e%2fx.json']) {
    await writeFile(join(requests, name), request)
  }
  const saved = join(folder, 'saved')
  await runCli(['check', await brokenServer(), '--replay', requests, '--save', saved])
  expect((await readdir(folder)).toSorted()).toEqual(['requests', 'saved'])
  expect((await readdir(saved)).length).toBeGreaterThan(3)
})
