import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Config, defineConfig } from '../../src/config/index.ts'
import type { CheckReport } from '../../src/conformance/index.ts'
import { faultOf } from '../support/fault.ts'
import { rawServer } from '../support/raw-server.ts'
import { referenceServer } from '../support/reference-server.ts'
import { runCli } from '../support/run-cli.ts'
import { scratchFolder } from '../support/scratch-folder.ts'
import { spawnCli } from '../support/start-cli.ts'

const CONFIG = new URL('../../src/config/index.ts', import.meta.url).href

/** Makes a working directory with these files in it. */
async function folderWith(files: Record<string, unknown>): Promise<string> {
  const folder = await scratchFolder()
  for (const [name, content] of Object.entries(files)) {
    const text = typeof content === 'string' ? content : JSON.stringify(content)
    await writeFile(join(folder, name), text)
  }
  return folder
}

const SHORT: Config = { quick: true, only: ['sse/done'] }

describe('soundcheck.config', () => {
  test('holds options of check, in JSON', async () => {
    const url = await referenceServer()
    const cwd = await folderWith({
      'soundcheck.config.json': { ...SHORT, url, profile: 'vapi', budgets: ['total max<0.001'] },
    })
    const { code, stdout } = await runCli(['check', '--json'], {}, cwd)
    const report = JSON.parse(stdout) as CheckReport
    expect(report.target).toMatchObject({ url, profile: 'vapi' })
    expect(report.checks.map(({ id }) => id)).toEqual(['sse/done'])
    expect(report.verdict).toBe('over-budget')
    expect(code).toBe(3)
  })

  test('or in TypeScript', async () => {
    const cwd = await folderWith({
      'soundcheck.config.ts': `
        import { defineConfig } from '${CONFIG}'
        const samples: number = 1
        export default defineConfig({ samples, quick: true, only: ['sse/done'], since: '2026-11' })
      `,
    })
    const { stdout, stderr } = await spawnCli(['check', '--json'], {}, cwd)
    expect(stderr).toMatch(/^Estimate: .*\n$/)
    expect((JSON.parse(stdout) as CheckReport).checks).toHaveLength(1)
  })

  test.each([{ type: 'commonjs' }, {}, { type: 'module' }])(
    'in TypeScript, with what it imports, whatever the package is: %j',
    async (pack) => {
      const cwd = await folderWith({
        'package.json': pack,
        'limits.ts': `export const budgets: string[] = ['total max<0.001']`,
        'soundcheck.config.ts': `
          import { defineConfig } from '${CONFIG}'
          import { budgets } from './limits.ts'
          export default defineConfig({ budgets, quick: true, only: ['sse/done'] })
        `,
      })
      const { code, stderr } = await spawnCli(['check', await referenceServer()], {}, cwd)
      expect(stderr).not.toMatch(/Warning|cannot be used/)
      expect(code).toBe(3)
    },
  )

  test('the command line wins', async () => {
    const [good, other] = [await referenceServer(), 'http://127.0.0.1:1']
    const config = { ...SHORT, url: other, profile: 'vapi', timeout: 9, reporters: ['tap'] }
    const cwd = await folderWith({ 'soundcheck.config.json': config })
    const args = ['check', good, '--profile', 'livekit', '--only', 'sse/done-once', '--json']
    const report = JSON.parse((await runCli(args, {}, cwd)).stdout) as CheckReport
    expect(report.target).toMatchObject({ url: good, profile: 'livekit' })
    expect(report.checks.map(({ id }) => id)).toEqual(['sse/done-once'])
  })

  test('values are read as those of options are: seconds, headers, reporters', async () => {
    let seen: string | undefined
    const url = await rawServer((request, response) => {
      seen = request.headers['x-tenant'] as string
      response.setHeader('content-type', 'text/event-stream')
      response.flushHeaders()
    })
    const config = { ...SHORT, timeout: 2, headers: { 'x-tenant': 'a: b' }, reporters: ['tap'] }
    const cwd = await folderWith({ 'soundcheck.config.json': config })
    const { stdout } = await runCli(['check', url], {}, cwd)
    expect(seen).toBe('a: b')
    expect(stdout).toMatch(/^TAP version 14/)
    expect(stdout).toContain('recording stopped')
  })

  test('lint takes what it knows of it', async () => {
    const url = await referenceServer(faultOf('sse/event-name', 'event-named'))
    const config = { url, only: ['sse'], failOn: 'warning', baseline: 'not-for-lint.json' }
    const body = 'event: x\ndata: {"choices":[]}\n\ndata: [DONE]\n\n'
    const cwd = await folderWith({ 'soundcheck.config.json': config, 'answer.sse': body })
    const { code, stdout } = await runCli(['lint', 'answer.sse'], {}, cwd)
    expect(stdout).toContain('warning sse/event-name')
    expect(stdout).not.toContain('chunk/')
    expect(code).toBe(1)
  })

  test('may have another name', async () => {
    const cwd = await folderWith({ 'ci.json': { ...SHORT, profile: 'openai' } })
    const { stdout } = await runCli(['check', '--config', 'ci.json', '--json'], {}, cwd)
    expect((JSON.parse(stdout) as CheckReport).target.profile).toBe('openai')
  })

  test.each([
    [
      'an unknown key',
      { 'soundcheck.config.json': { budget: ['total max<1'] } },
      'soundcheck.config.json cannot be used: there is no option "budget"; did you mean budgets?',
    ],
    [
      'a wrong type',
      { 'soundcheck.config.json': { budgets: ['total max<1', 7] } },
      'soundcheck.config.json cannot be used: /budgets/1 must be string',
    ],
    [
      'a wrong choice',
      { 'soundcheck.config.json': { profile: 'siri' } },
      '/profile must be equal to one of the allowed values: ["elevenlabs","openai"',
    ],
    [
      'a value out of range',
      { 'soundcheck.config.json': { concurrency: 0 } },
      'soundcheck.config.json cannot be used: /concurrency is 0. Give a whole number from 1 to 64.',
    ],
    [
      'a key',
      { 'soundcheck.config.json': { apiKey: 'sesame-1234' } },
      'leave out "apiKey", and set SOUNDCHECK_API_KEY: keys belong to the environment',
    ],
    [
      'no JSON',
      { 'soundcheck.config.json': '{' },
      '"soundcheck.config.json" is not a configuration (not JSON: see line 1, column 2); "soundcheck init" writes one',
    ],
    ['no object', { 'soundcheck.config.ts': 'export const x = 1' }, 'it holds no object'],
    ['broken code', { 'soundcheck.config.ts': 'throw new Error("oops")' }, 'cannot be used: oops'],
    [
      'two of them',
      { 'soundcheck.config.ts': 'export default {}', 'soundcheck.config.json': {} },
      'there is soundcheck.config.ts too; keep one of them, or name one with --config',
    ],
  ])('%s: 2', async (_, files, message) => {
    const { code, stderr, stdout } = await runCli(['check'], {}, await folderWith(files))
    expect(stderr).toContain(message)
    expect(stderr).not.toContain('sesame')
    expect(stdout).toBe('')
    expect(code).toBe(2)
  })

  test('a named file that is not there: 2', async () => {
    const { code, stderr } = await runCli(['check', '--config', 'none.json'])
    expect(stderr).toContain(
      'cannot read "none.json": no such file or directory; "soundcheck init" writes one\n',
    )
    expect(code).toBe(2)
  })
})

test('defineConfig gives back what it is given', () => {
  expect(defineConfig(SHORT)).toBe(SHORT)
})
