import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../src/protocol/index.ts'
import { bodiesReceived } from '../support/bodies-received.ts'
import { runCli } from '../support/run-cli.ts'
import { scratchFolder } from '../support/scratch-folder.ts'
import { toldSecret } from '../support/tells-secret.ts'

const KEY = 'sk-4aZq7Wm9xKc2Lt5vBn8Ry3'
const NOWHERE = 'http://127.0.0.1:1'
const QUICK = ['--quick', '--only', 'sse/done']
const SHORT = ['--warmup', '0', '--no-calibrate', '--requests', '2', '--no-contract']

/** The first request that an endpoint gets of a command. */
async function firstOf(
  command: 'check' | 'bench',
  args: readonly string[],
  cwd?: string,
): Promise<JsonObject> {
  const { url, bodies } = await bodiesReceived()
  const common = command === 'check' ? QUICK : SHORT
  await runCli([command, url, ...common, ...args], {}, cwd)
  return bodies[0]!
}

function promptOf({ messages }: JsonObject): unknown {
  return (messages as JsonObject[])[0]!['content']
}

describe.each(['check', 'bench'] as const)('%s', (command) => {
  test('--extra-body goes where ElevenLabs puts it', async () => {
    const body = await firstOf(command, ['--extra-body', '{"case":"A1"}'])
    expect(body['elevenlabs_extra_body']).toMatchObject({ case: 'A1' })
  })

  test('--system is a text, or the file of that name', async () => {
    const folder = await scratchFolder()
    await mkdir(join(folder, 'prompts'))
    await writeFile(join(folder, 'prompts', 'ava.txt'), 'From a file.\n')
    await writeFile(join(folder, 'ava'), 'From another.')
    const promptFor = async (given: string) =>
      promptOf(await firstOf(command, ['--system', given], folder))
    expect(await promptFor('prompts/ava.txt')).toBe('From a file.\n')
    expect(await promptFor('ava')).toBe('From another.')
    expect(await promptFor('Be kind.')).toBe('Be kind.')
    expect(await promptFor(`Say and/or, v1.2 ${'x'.repeat(300)}`)).toMatch(/^Say and\/or/)
  })

  test.each([
    ['no JSON', ['--extra-body', `{"token": ${KEY}}`], 'it is not JSON: see line 1, column 11'],
    ['no object', ['--extra-body', `["${KEY}"]`], 'it must be a JSON object'],
    ['a reserved name', ['--extra-body', `{"messages":"${KEY}"}`], 'leave out "messages"'],
    ['a wrapper', ['--extra-body', '{"custom_llm_extra_body":{}}'], 'and give what it holds'],
    [
      'a missing file',
      ['--system', 'prompts/none.txt'],
      '"prompts/none.txt" cannot be read: no such',
    ],
    [
      'a missing file by its ending',
      ['--system', 'none.md'],
      '"none.md" cannot be read: no such file or directory',
    ],
    ['a folder', ['--system', '.'], 'the system prompt "." cannot be read: it is a folder'],
    ['no prompt', ['--system', ' '], 'the system prompt is empty'],
  ])('%s: 2', async (_, args, message) => {
    const { code, stdout, stderr } = await runCli([command, NOWHERE, ...args])
    expect(stderr).toContain(message)
    expect(code).toBe(2)
    expect(toldSecret(stdout + stderr, [KEY])).toBeUndefined()
  })
})

describe('soundcheck.config.json', () => {
  async function folderWith(config: object): Promise<string> {
    const folder = await scratchFolder()
    await writeFile(join(folder, 'soundcheck.config.json'), JSON.stringify(config))
    return folder
  }

  test('may hold both', async () => {
    const config = { extraBody: { case: 'A1', nested: { b: [1] } }, system: 'Be kind.' }
    const body = await firstOf('check', [], await folderWith(config))
    expect(body['elevenlabs_extra_body']).toMatchObject(config.extraBody)
    expect(promptOf(body)).toBe('Be kind.')
  })

  test.each([
    [{ extraBody: KEY }, 'soundcheck.config.json cannot be used: /extraBody must be object'],
    [
      { extraBody: { messages: KEY } },
      'soundcheck.config.json cannot be used: /extraBody. It cannot be sent: leave out "messages"',
    ],
  ])('refuses what cannot be sent: %#', async (config, message) => {
    const { code, stderr } = await runCli(['check', NOWHERE], {}, await folderWith(config))
    expect(stderr).toContain(message)
    expect(code).toBe(2)
    expect(toldSecret(stderr, [KEY])).toBeUndefined()
  })
})

test('a replayed conversation has a system prompt of its own', async () => {
  const args = ['--replay', 'calls.json', '--system', 'Be kind.']
  const { code, stderr } = await runCli(['bench', NOWHERE, ...args])
  expect(stderr).toMatch(/'--replay <file>' cannot be used with option '--system <text\|file>'/)
  expect(code).toBe(2)
})
