import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Exchange, exchangeToJson } from '../../src/wire/index.ts'
import { DONE, exchangeOf, says } from '../support/exchanges.ts'
import { runCli } from '../support/run-cli.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

function call(firstMs: number, end = DONE): Exchange {
  const messages = [{ role: 'user', content: 'Hi' }]
  const body = JSON.stringify({ model: 'm', stream: true, messages })
  const url = 'https://api.example.com/v1/chat/completions'
  const request = { method: 'POST', url, headers: [], body }
  return exchangeOf(
    [
      [firstMs, says('Hello. ')],
      [firstMs + 100, says('Bye.') + end],
    ],
    { request },
  )
}

async function folderOf(folders: Record<string, readonly Exchange[]>): Promise<string> {
  const folder = await scratchFolder()
  for (const [name, exchanges] of Object.entries(folders)) {
    await mkdir(join(folder, name))
    for (const [i, exchange] of exchanges.entries()) {
      await writeFile(join(folder, name, `${i}.json`), JSON.stringify(exchangeToJson(exchange)))
    }
  }
  return folder
}

const FOLDERS = {
  before: [100, 200, 300].map((ms) => call(ms)),
  after: [call(400), call(500, '')],
  empty: [],
}

test('tells of two folders what changed in findings and times', async () => {
  const folder = await folderOf(FOLDERS)
  const { code, stdout } = await runCli(['compare', 'before', 'after'], {}, folder)
  expect(stdout).toContain('after beside before')
  expect(stdout).toMatch(/calls +3 +2\n/)
  expect(stdout).toMatch(/first content p50 +200 ms +400 ms\n/)
  expect(stdout).toMatch(/first content p95 +300 ms +500 ms\n/)
  expect(stdout).toContain('new  sse/done (error): in 0 calls, now in 1\n')
  expect(code).toBe(1)

  const back = await runCli(['compare', 'after', 'before', '--json'], {}, folder)
  const [{ calls, findings, times }] = JSON.parse(back.stdout)
  expect(calls).toEqual([2, 3])
  expect(findings).toContainEqual({ check: 'sse/done', severity: 'error', calls: [1, 0] })
  expect(times).toContainEqual({ time: 'first sentence', percentile: 50, ms: [400, 200] })
  expect(back.code).toBe(0)
})

test.each(['--metric', '--margin'])('%s is not of folders', async (flag) => {
  const folder = await folderOf(FOLDERS)
  const value = flag === '--metric' ? 'ttfs' : '0.1'
  const { code, stderr } = await runCli(['compare', 'before', 'after', flag, value], {}, folder)
  expect(stderr).toContain('is of reports of bench, and not of folders')
  expect(code).toBe(2)
})

test('a folder without exchanges, or no folder', async () => {
  const folder = await folderOf(FOLDERS)
  expect((await runCli(['compare', 'before', 'empty'], {}, folder)).code).toBe(2)
  expect((await runCli(['compare', 'before', 'nowhere'], {}, folder)).code).toBe(2)
  expect((await runCli(['compare', 'nowhere', 'before'], {}, folder)).code).toBe(2)
})
