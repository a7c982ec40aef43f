import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { reporters } from '../../src/report/index.ts'
import { faultOf } from '../support/fault.ts'
import { referenceServer } from '../support/reference-server.ts'
import { runCli } from '../support/run-cli.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const brokenServer = () => referenceServer(faultOf('sse/done', 'done-missing'))

const ONLY_SSE = ['--only', 'sse']
const NAMES = Object.keys(reporters)

/** How each report shows that `sse/done` failed. */
const SIGNS: Record<string, string> = {
  terminal: 'x error   sse/done',
  json: '"verdict": "fail"',
  junit: '<failure type="error" message="The stream ended without [DONE].">',
  sarif: '"ruleId": "sse/done"',
  github: '::error title=soundcheck%3A sse/done::The stream ended without [DONE].',
  tap: 'not ok',
  markdown: '### error: sse/done',
  html: '<!doctype html>',
  badge: '"message":"1 error"',
}

test('all at once: one on standard output, the others to files', async () => {
  const folder = join(await scratchFolder(), 'reports')
  const files = NAMES.filter((name) => name !== 'terminal')
  const args = files.flatMap((name) => ['--reporter', `${name}=${join(folder, `report.${name}`)}`])
  const url = await brokenServer()
  const { code, stdout } = await runCli([
    'check',
    url,
    ...ONLY_SSE,
    ...args,
    '--reporter',
    'terminal',
  ])
  expect(code).toBe(1)
  expect(stdout).toContain(SIGNS['terminal'])
  for (const name of files)
    expect(await readFile(join(folder, `report.${name}`), 'utf8')).toContain(SIGNS[name])
})

test.each(NAMES)('%s writes what lint finds to standard output', async (name) => {
  const body = join(await scratchFolder(), 'answer.sse')
  await writeFile(body, 'data: {"choices": []}\n\n')
  const { code, stdout } = await runCli(['lint', body, ...ONLY_SSE, '--reporter', name])
  expect(stdout).toContain(SIGNS[name]!.replace('title=', `file=${body},title=`))
  expect(code).toBe(1)
})

test('within GitHub Actions, the summary of the step is appended to', async () => {
  const summary = join(await scratchFolder(), 'summary.md')
  await writeFile(summary, 'before\n')
  const args = ['check', await brokenServer(), ...ONLY_SSE, '--reporter', 'github']
  const { stdout } = await runCli(args, { GITHUB_STEP_SUMMARY: summary })
  expect(stdout).toContain(SIGNS['github'])
  expect(await readFile(summary, 'utf8')).toMatch(
    /^before\n# soundcheck: fail\n[^]*### error: sse\/done/,
  )
})

test('a report replaces an older one', async () => {
  const file = join(await scratchFolder(), 'report.json')
  await writeFile(file, 'x'.repeat(1_000_000))
  await runCli(['check', ...ONLY_SSE, '--reporter', `json=${file}`])
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ verdict: 'pass' })
})

test('where all goes to files, the verdict and their names are told', async () => {
  const file = join(await scratchFolder(), 'report.xml')
  const to = ['--reporter', `junit=${file}`]
  const { code, stdout, stderr } = await runCli(['check', await brokenServer(), ...ONLY_SSE, ...to])
  expect(stdout).toBe('')
  expect(stderr).toContain(`soundcheck: fail; see ${file}\n`)
  expect(code).toBe(1)
})

test('--json is --reporter json', async () => {
  const { stdout } = await runCli(['check', ...ONLY_SSE, '--json'])
  expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, verdict: 'pass' })
})

test.each([
  [
    'two on standard output',
    ['--reporter', 'tap', '--reporter', 'junit'],
    'tap and junit would both write to standard output; give one a file of its own, such as --reporter junit=report.junit',
  ],
  ['--json and another', ['--json', '--reporter', 'terminal'], 'json and terminal would both'],
  ['two in one file', ['--reporter', 'tap=x', '--reporter', 'html=x'], 'both write to "x"'],
  [
    'two in one file, by two names',
    ['--reporter', 'tap=x', '--reporter', 'html=./x'],
    '"x"; give one',
  ],
  [
    'one in the place of the baseline',
    ['--reporter', 'json=./x', '--baseline', 'x'],
    'the reporter json would write over "./x"; give it a file of its own, such as --reporter json=report.json',
  ],
  ['a name that is none', ['--reporter', 'nonsense'], 'The reporters are terminal, json,'],
  ['no file after all', ['--reporter', 'junit='], 'Name a file after "junit="'],
  ['a file that cannot be', ['--reporter', 'junit=/dev/null/x'], 'cannot write to "/dev/null/x"'],
])('%s: 2, and nothing is sent', async (_, args, message) => {
  // Nothing listens there, which would be told if it were tried.
  const { code, stdout, stderr } = await runCli(['check', 'http://127.0.0.1:1', ...args])
  expect(stderr).toContain(message)
  expect(stderr).not.toContain('listening')
  expect(stdout).toBe('')
  expect(code).toBe(2)
})

test('a run that cannot start leaves no empty report behind', async () => {
  const file = join(await scratchFolder(), 'report.json')
  const { code } = await runCli(['check', 'http://127.0.0.1:1', '--reporter', `json=${file}`])
  expect(code).toBe(2)
  await expect(stat(file)).rejects.toThrow('ENOENT')
})
