import { NoOperationTraceWriter } from '@actions/workflow-parser'
import { parseAction } from '@actions/workflow-parser/actions/action-parser'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { faultOf } from '../support/fault.ts'
import { runScript } from '../support/npx.ts'
import { referenceServer } from '../support/reference-server.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const content = readFileSync(new URL('../../action.yml', import.meta.url), 'utf8')
const action = parse(content)
const [step] = action.runs.steps.filter(({ run }: { run?: string }) => run !== undefined)

test("GitHub's own parser takes it", () => {
  const errorsOf = (text: string) =>
    parseAction({ name: 'action.yml', content: text }, new NoOperationTraceWriter())
      .context.errors.getErrors()
      .map(({ message }) => message)
  expect(errorsOf(content)).toEqual([])
  expect(errorsOf(content.replace('using:', 'usin:'))).not.toEqual([])
})

test('it uses each of its inputs, and none that it has not', () => {
  const used = [...content.matchAll(/\$\{\{ inputs\.([\w-]+) \}\}/g)].map(([, name]) => name!)
  expect([...new Set(used)].toSorted()).toEqual(Object.keys(action.inputs).toSorted())
  const variables = [...step.run.matchAll(/\$([A-Z_]+)/g)].map(([, name]) => name)
  expect(Object.keys(step.env)).toEqual(expect.arrayContaining(variables))
})

test.each([
  ['a good endpoint: 0', {}, '--only sse --skip sse/b*', 0],
  ['a broken one: 1', faultOf('sse/done', 'done-missing'), '', 1],
])('what it runs judges %s', async (_, options, args, exitCode) => {
  const folder = await scratchFolder()
  const given: Record<string, string> = { url: await referenceServer(options), args }
  const env = Object.fromEntries(
    Object.entries(step.env as Record<string, string>).map(([name, value]) => {
      const input = /inputs\.([\w-]+)/.exec(value)![1]!
      return [name, given[input] ?? (action.inputs[input].default as string)]
    }),
  )
  const { code, stdout, stderr } = await runScript(step.run, env, folder)
  expect(stderr).not.toContain('soundcheck:')
  expect(code).toBe(exitCode)
  expect(stdout.includes('::error ')).toBe(exitCode === 1)
  const sarif = await readFile(join(folder, action.inputs.sarif.default), 'utf8')
  expect(JSON.parse(sarif).version).toBe('2.1.0')
})
