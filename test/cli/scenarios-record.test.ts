import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseScenarios } from '../../src/mocks/node.ts'
import { toHar } from '../../src/tap/index.ts'
import { type Exchange, exchangeToJson } from '../../src/wire/index.ts'
import { DONE, exchangeOf, says } from '../support/exchanges.ts'
import { runCli } from '../support/run-cli.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

function call(said: string, answer: string, id = said): Exchange {
  const messages = [{ role: 'user', content: said }]
  const body = JSON.stringify({ model: 'm', stream: true, messages })
  const headers = [['authorization', 'Bearer sk-proj-Zq8vT3nW5xLm2RbC7dHf']] as const
  const url = 'https://api.example.com/v1/chat/completions'
  return exchangeOf(
    [
      [120, says(answer)],
      [300, DONE],
    ],
    {
      id,
      request: { method: 'POST', url, headers, body },
    },
  )
}

async function folderOf(files: Record<string, unknown>): Promise<string> {
  const folder = await scratchFolder()
  await mkdir(join(folder, 'calls'))
  for (const [name, content] of Object.entries(files)) {
    const text = typeof content === 'string' ? content : JSON.stringify(content)
    await writeFile(join(folder, 'calls', name), text)
  }
  return folder
}

test('saved exchanges and archives become scenarios', async () => {
  const folder = await folderOf({
    'a.json': exchangeToJson(call('Hello', 'My name is Ada.')),
    'b.har': toHar([call('Bye', 'Goodbye.')]),
    'c.sse': DONE,
    'd.json': '{',
  })
  const { code, stdout, stderr } = await runCli(['scenarios', 'record', 'calls'], {}, folder)
  expect(code).toBe(0)
  expect(stderr).toContain('calls/c.sse: left out: "calls/c.sse" is the body of an answer')
  expect(stderr).toContain('calls/d.json: left out: "calls/d.json" is not a saved exchange')
  expect(stdout).toContain('  # Review: this looks like a name.\n  - name: a.json\n')
  expect(await parseScenarios(stdout, 'scenarios.yaml')).toEqual([
    {
      name: 'a.json',
      when: { user: { regex: '^Hello$' }, turn: 0, toolResult: false },
      then: { text: 'My name is Ada.', pacing: { recorded: [120, 120, 120, 120, 120, 300] } },
    },
    {
      name: 'b.har#1',
      when: { user: { regex: '^Bye$' }, turn: 0, toolResult: false },
      then: { text: 'Goodbye.', pacing: { recorded: [120, 120, 300] } },
    },
  ])
})

test('faster, or at once', async () => {
  const folder = await folderOf({ 'a.json': exchangeToJson(call('Hello', 'Hi.')) })
  const record = async (speed: string) => {
    const args = ['scenarios', 'record', 'calls', '--speed', speed, '--output', 'out.yaml']
    const { code, stderr } = await runCli(args, {}, folder)
    return { code, stderr, yaml: await readFile(join(folder, 'out.yaml'), 'utf8').catch(() => '') }
  }
  expect((await record('4')).yaml).toMatch(/recorded: \[ 120, 120, 300 \]\n +speed: 4\n/)
  expect((await record('instant')).yaml).not.toContain('pacing')
  expect(await record('0')).toMatchObject({ code: 2 })
})

test('where nothing can be made, that is an error', async () => {
  const folder = await folderOf({ 'a.json': exchangeToJson(call('Hello', '')), 'b.sse': DONE })
  const { code, stderr } = await runCli(['scenarios', 'record', 'calls/b.sse'], {}, folder)
  expect(stderr).toContain('is the body of an answer, without its request')
  expect(code).toBe(2)
})
