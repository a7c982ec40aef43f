import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const DOOR = new URL('../../src/conformance/lint.ts', import.meta.url)

/** An import or re-export that is there at run time. */
const IMPORT = /^(?:import|export)\s+(?!type\b)(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm

/** Everything that a module imports, directly or not; what is not ours by its specifier. */
function reachedFrom(door: URL): Set<string> {
  const reached = new Set<string>()
  const open = [door]
  for (let module = open.pop(); module; module = open.pop()) {
    for (const [, specifier = ''] of readFileSync(module, 'utf8').matchAll(IMPORT)) {
      const found = specifier.startsWith('.') ? new URL(specifier, module).href : specifier
      if (reached.has(found)) continue
      reached.add(found)
      if (specifier.startsWith('.')) open.push(new URL(found))
    }
  }
  return reached
}

test('what lint needs reaches nothing of Node.js', () => {
  const reached = reachedFrom(DOOR)
  expect(reached.size).toBeGreaterThan(100)
  expect([...reached].filter((each) => !each.startsWith('file:')).toSorted()).toEqual([
    'ajv/dist/2020.js',
    'eventsource-parser',
    'picomatch',
    're2js',
    'tinyqueue',
  ])
})

test('the walk sees what there is to see', () => {
  const whole = reachedFrom(new URL('index.ts', DOOR))
  expect([...whole]).toEqual(expect.arrayContaining(['p-map', 'node:fs']))
})

test('it lints where there is neither process nor Buffer', async () => {
  const code = `
    const write = process.stdout.write.bind(process.stdout)
    delete globalThis.process
    delete globalThis.Buffer
    const { lint } = await import(${JSON.stringify(DOOR.href)})
    const body = new TextEncoder().encode('data: {"choices":[{"index":0,"delta":{"content":"Hi"}}]}\\n\\n')
    const report = lint([{ file: 'x.sse', body }], { only: ['sse', 'stream', 'tools'], profile: 'openai' })
    write(JSON.stringify({ verdict: report.verdict, globals: [typeof process, typeof Buffer] }))
  `
  const run = promisify(execFile)(process.execPath, ['--input-type=module', '-e', code], {
    cwd: fileURLToPath(new URL('../../', import.meta.url)),
    env: {},
  })
  expect(JSON.parse((await run).stdout)).toEqual({
    verdict: 'fail',
    globals: ['undefined', 'undefined'],
  })
})
