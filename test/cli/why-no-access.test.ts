import { expect, test } from 'vitest'
import { runCli } from '../support/run-cli.ts'

const URL = 'http://127.0.0.1:1'
const NONE = 'no such file or directory'

test.each([
  [['compare', 'none.json', 'none.json'], `cannot read "none.json": ${NONE}`],
  [['compare', 'src', 'src'], 'there are no .json, .har, .sse or .txt files in src;'],
  [['bench', URL, '--prompts', 'src'], 'cannot read "src": it is a folder'],
  [['bench', URL, '--replay', 'none.json'], `cannot read "none.json": ${NONE}`],
  [
    ['check', URL, '--baseline', 'none.json'],
    `cannot read "none.json": ${NONE}; write it with --update-baseline`,
  ],
  [['check', URL, '--baseline', 'src'], 'cannot read "src": it is a folder'],
  [
    ['check', URL, '--config', 'none.json'],
    `cannot read "none.json": ${NONE}; "soundcheck init" writes one`,
  ],
  [['scenarios', 'import', 'none.json'], `cannot read "none.json": ${NONE}`],
  [
    ['check', URL, '--quick', '--reporter', 'junit=package.json/x'],
    'cannot write to "package.json/x": "package.json" is there, and is no folder',
  ],
  [['check', URL, '--system', 'none.md'], `the system prompt "none.md" cannot be read: ${NONE};`],
])('what cannot be read or written is said once, in words: %j', async (args, message) => {
  const { code, stderr } = await runCli(args)
  expect(stderr).toContain(message)
  expect(stderr).not.toMatch(/\bE[A-Z]{4,}\b/)
  expect(code).toBe(2)
})
