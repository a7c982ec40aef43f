import { readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type CheckReport, type LintReport } from '../../src/conformance/index.ts'
import { startServer } from '../../src/server/index.ts'
import { referenceServer } from '../support/reference-server.ts'
import { runCli } from '../support/run-cli.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const QUICK = ['--quick', '--only', 'transport', '--json']

async function checked(...args: readonly string[]) {
  const { code, stdout } = await runCli(['check', ...args, ...QUICK])
  return { code, report: JSON.parse(stdout) as CheckReport }
}

describe('check', () => {
  test('asks for what the flag says, and else for what the URL ends in', async () => {
    await using server = await startServer()
    const { url, journal } = server
    const asked = async (...args: readonly string[]) => {
      journal.clear()
      await checked(...args)
      const posted = journal.entries().filter(({ method }) => method === 'POST')
      return new Set(posted.map((entry) => new URL(entry.url, url).pathname))
    }
    expect(await asked(url)).toEqual(new Set(['/v1/chat/completions']))
    expect(await asked(url, '--api-type', 'responses')).toEqual(new Set(['/v1/responses']))
    expect(await asked(`${url}/responses`)).toEqual(new Set(['/v1/responses']))
  })

  test('the built-in server passes in it', async () => {
    const { code, report } = await checked('--api-type', 'responses')
    expect([code, report.verdict]).toEqual([0, 'pass'])
  })

  test('a report names a URL that asks the same again', async () => {
    await using server = await startServer()
    const { url } = server
    const told = async (...args: readonly string[]) => (await checked(...args)).report.target.url
    expect(await told(url)).toBe(url)
    expect(await told(url, '--api-type', 'responses')).toBe(`${url}/responses`)
    expect(await told(`${url}/responses/`)).toBe(`${url}/responses/`)
  })

  test('a URL that ends in the other API: 2', async () => {
    const { code, stderr } = await runCli([
      'check',
      'http://127.0.0.1:9/v1/responses',
      '--api-type',
      'chat_completions',
    ])
    expect(stderr).toContain('the URL ends in the path of another API than chat_completions')
    expect(code).toBe(2)
  })
})

test('lint judges each file in the API that it shows', async () => {
  const url = await referenceServer()
  const folder = await scratchFolder()
  for (const type of ['chat_completions', 'responses']) {
    const own = join(folder, type)
    await runCli(['check', url, ...QUICK, '--api-type', type, '--save', own])
    for (const name of await readdir(own)) {
      await rename(join(own, name), join(folder, `${type}-${name}`))
    }
  }
  const { code, stdout } = await runCli(['lint', folder, '--json'])
  const { files, verdict } = JSON.parse(stdout) as LintReport
  expect([code, verdict]).toEqual([0, 'pass'])
  const judged = (type: string) =>
    new Set(
      files
        .filter(({ file }) => file.includes(`${type}-`))
        .flatMap(({ checks }) => checks.map(({ id }) => id)),
    )
  expect(judged('chat_completions').has('chunk/choices-present')).toBe(true)
  expect(judged('responses').has('chunk/choices-present')).toBe(false)
  expect(judged('responses').has('transport/status-ok')).toBe(true)
})
