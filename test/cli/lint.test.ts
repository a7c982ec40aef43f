import { execFile, execFileSync } from 'node:child_process'
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { expect, test } from 'vitest'
import type { LintReport } from '../../src/conformance/index.ts'
import { runCli } from '../support/run-cli.ts'
import { BIN, KEPT_TOGETHER } from '../support/start-cli.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const GOOD =
  'data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"Hi."},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'

/** Makes what is no recording in a folder, and tells its name. */
const STRANGERS = {
  'a pipe': async (folder: string) => {
    execFileSync('mkfifo', [join(folder, 'x.sse')])
    return 'x.sse'
  },
  'a device': async (folder: string) => {
    await symlink('/dev/zero', join(folder, 'x.json'))
    return 'x.json'
  },
  'a folder': async (folder: string) => {
    await mkdir(join(folder, 'x.sse'))
    return 'x.sse'
  },
  'not JSON': async (folder: string) => {
    await writeFile(join(folder, 'x.json'), '{"request":')
    return 'x.json'
  },
  'not a saved exchange': async (folder: string) => {
    await writeFile(join(folder, 'x.json'), '{}')
    return 'x.json'
  },
  'no such file or directory': async (folder: string) => {
    await symlink('nowhere', join(folder, 'x.sse'))
    return 'x.sse'
  },
}

test.each(Object.entries(STRANGERS))(
  'what is %s is told, and the rest is judged',
  async (what, make) => {
    const folder = await scratchFolder()
    await writeFile(join(folder, 'good.sse'), GOOD)
    const name = await make(folder)
    const { code, stdout, stderr } = await runCli(['lint', '.', '--json'], {}, folder)
    const { files } = JSON.parse(stdout) as LintReport
    expect(files).toMatchObject([
      { file: 'good.sse', verdict: 'pass' },
      { file: name, verdict: 'inconclusive', checks: [] },
    ])
    expect(files[1]!.reasons).toEqual([expect.stringContaining(what)])
    expect({ code, stderr }).toEqual({ code: 4, stderr: '' })
    const report = await runCli(['lint', '.'], {}, folder)
    expect(report.stdout.replaceAll(/\s+/g, ' ')).toContain(files[1]!.reasons[0])
  },
)

test.each(['/dev/zero', '/dev/null'])('%s alone is refused: 2', async (device) => {
  const { code, stderr } = await runCli(['lint', device])
  expect(stderr).toMatch(/^soundcheck: "[^"]*" is no file but a device, .*lint -\n$/)
  expect(code).toBe(2)
})

test('what is judged is not written over: 2', async () => {
  const file = join(await scratchFolder(), 'reply.sse')
  await writeFile(file, 'data: [DONE]\n\n')
  const { code, stderr } = await runCli(['lint', file, '--reporter', `json=${file}`])
  expect(stderr).toContain(
    `the reporter json would write over "${file}"; give it a file of its own`,
  )
  expect(await readFile(file, 'utf8')).toBe('data: [DONE]\n\n')
  expect(code).toBe(2)
})

test('what a shell opens for the command is read', async () => {
  const folder = await scratchFolder()
  await writeFile(join(folder, 'good.sse'), GOOD)
  const script = `'${process.execPath}' '${BIN}' lint <(cat good.sse) && '${process.execPath}' '${BIN}' lint /dev/stdin < good.sse`
  const { stdout } = await promisify(execFile)('bash', ['-c', script], {
    cwd: folder,
    env: { PATH: process.env['PATH'], ...KEPT_TOGETHER },
  })
  expect(stdout.match(/^PASS/gm)).toHaveLength(2)
})

test('a folder of folders says which there are', async () => {
  const folder = await scratchFolder()
  for (const name of ['a', 'b', 'c', 'd'])
    await mkdir(join(folder, 'all', name), { recursive: true })
  const { code, stderr } = await runCli(['lint', 'all'], {}, folder)
  expect(stderr).toBe(
    'soundcheck: there are no .json, .har, .sse or .txt files in all; there are folders in it, to be named themselves: "all/a", "all/b", "all/c", and 1 more\n',
  )
  expect(code).toBe(2)
})

test('a folder without recordings is told beside one that has some', async () => {
  const folder = await scratchFolder()
  await writeFile(join(folder, 'good.sse'), GOOD)
  await mkdir(join(folder, 'empty'))
  const { code, stdout } = await runCli(['lint', 'good.sse', 'empty', '--json'], {}, folder)
  expect((JSON.parse(stdout) as LintReport).files).toMatchObject([
    { file: 'good.sse', verdict: 'pass' },
    { file: 'empty', reasons: ['there are no .json, .har, .sse or .txt files in "empty"'] },
  ])
  expect(code).toBe(4)
})
