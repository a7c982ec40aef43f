import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runCli } from '../support/run-cli.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const URL = 'http://127.0.0.1:1'
const ADVICE = {
  'a saved exchange': '"soundcheck check <url> --save <folder>" writes them',
  'a baseline': 'write it with --update-baseline',
  'a report of bench':
    '"soundcheck bench <url> --out <file>" writes one, of one load and one endpoint',
  'a recorded request':
    'write the body of a request, or {"request": <body>, "expect": {...}}; exchanges that were saved will do, too',
  'a conversation': 'write [{"role": "user", "content": "..."}, ...], or several of them in a list',
} as const

const READERS = [
  ['a saved exchange', ['lint', 'x.json']],
  ['a baseline', ['check', URL, '--baseline', 'x.json']],
  ['a report of bench', ['compare', 'x.json', 'x.json']],
  ['a recorded request', ['check', URL, '--replay', 'x.json']],
  ['a conversation', ['bench', URL, '--replay', 'x.json']],
] as const

async function told(args: readonly string[], text: string): Promise<string> {
  const folder = await scratchFolder()
  await writeFile(join(folder, 'x.json'), text)
  const { code, stderr } = await runCli(args, {}, folder)
  expect(code).toBe(2)
  return stderr
}

test.each(READERS)(
  'a file that is not %s: what it is, where, and what to do',
  async (kind, args) => {
    expect(await told(args, '{\n  "a": key}')).toBe(
      `soundcheck: "x.json" is not ${kind} (not JSON: see line 2, column 8); ${ADVICE[kind]}\n`,
    )
    expect(await told(args, '3')).toMatch(
      new RegExp(`^soundcheck: "x\\.json" is not ${kind} \\(must be (?:object|array)\\); `),
    )
  },
)

test('what does not fit is told with its line, where there are several', async () => {
  const text = JSON.stringify({ failures: [{ check: 3 }] }, null, 2)
  const args = ['check', URL, '--baseline', 'x.json']
  expect(await told(args, text)).toMatch(/\(\/failures\/0 .*: see line 3\); write it with/)
  expect(await told(args, JSON.stringify(JSON.parse(text)))).not.toContain('see line')
})
