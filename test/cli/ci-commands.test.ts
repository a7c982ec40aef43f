import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { ciCommandsIn, COMMANDS, LINE, TEXT } from '../support/ci-commands.ts'
import { rawServer } from '../support/raw-server.ts'
import { runCli } from '../support/run-cli.ts'
import { startCli } from '../support/start-cli.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const answering = (status: number, type: string, body: string) =>
  rawServer((_, response) => {
    response.writeHead(status, LINE.slice(0, 1_000), { 'content-type': type })
    response.end(body)
  })

test.each([
  ['check', 200, 'text/event-stream', `data: ${TEXT}\n\n`],
  ['check', 401, 'application/json', JSON.stringify({ error: { message: TEXT } })],
  ['bench', 500, LINE, TEXT],
] as const)('%s of an endpoint that answers %i with commands', async (name, status, type, body) => {
  const url = await answering(status, type, body)
  const limit = name === 'bench' ? ['--duration', '1', '--warmup', '0'] : ['--only', 'sse']
  const { code, stdout, stderr } = await runCli([name, url, ...limit])
  expect(code).toBeGreaterThan(0)
  expect(stderr).not.toContain('error: ')
  expect(`${stdout}${stderr}`).not.toBe('')
  expect(ciCommandsIn(`${stdout}\n${stderr}`)).toEqual([])
})

test('lint of a file that is none, and holds commands', async () => {
  const file = join(await scratchFolder(), 'saved.json')
  await writeFile(file, TEXT.slice(1))
  const { code, stderr } = await runCli(['lint', file])
  expect(code).toBe(2)
  expect(stderr).toContain('is not a saved exchange (not JSON')
  expect(ciCommandsIn(stderr)).toEqual([])
})

test('serve, whose scenarios have commands for names', async () => {
  const child = startCli(['serve', '--port', '0'])
  const stderr = text(child.stderr!)
  const [line] = (await once(child.stdout!, 'data')) as [Buffer]
  const added = await fetch(new URL('/__soundcheck/scenarios', /http\S+/.exec(String(line))![0]), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      scenarios: COMMANDS.map((name) => ({ name: `\n${name}`, then: 'Hi' })),
    }),
  })
  expect(added.status).toBe(201)
  child.kill('SIGTERM')
  expect(await stderr).toContain('was never used')
  expect(ciCommandsIn(await stderr)).toEqual([])
})
