import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, expectTypeOf, onTestFinished, test } from 'vitest'
import {
  type AnswerSpec,
  mockFetch,
  type Pacing,
  type Scenario,
  scenariosSchema,
  type When,
} from '../../src/mocks/index.ts'
import { loadScenarios, parseScenarios } from '../../src/mocks/node.ts'
import { compileSchema, type JsonObject } from '../../src/protocol/index.ts'
import { said, post, saying } from '../support/chat.ts'
import { cpuMs } from '../support/cpu-ms.ts'

async function folder(files: Record<string, string>): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'soundcheck-scenarios-'))
  onTestFinished(() => rm(path, { recursive: true }))
  for (const [name, text] of Object.entries(files)) await writeFile(join(path, name), text)
  return path
}

test('reads JSON, YAML and TypeScript, in the order of their names', async () => {
  const path = await folder({
    'a.yaml': 'scenarios:\n  - then: Hi\n\n  - name: named\n    then: Ho\n',
    'b.json': '{\n\t"$schema": "x",\n\t"scenarios": [\n\t\t{"then": "Ha"}\n\t]\n}',
    'c.ts': 'const hello: string = "He"\nexport default [{ then: () => hello }]\n',
    'notes.txt': 'not read',
  })
  const scenarios = await loadScenarios(path)
  expect(scenarios.map(({ name }) => name)).toEqual([
    `${path}/a.yaml:2`,
    'named',
    `${path}/b.json:4`,
    `${path}/c.ts: scenario 1`,
  ])
  const fetch = mockFetch({ scenarios: scenarios.slice(3) })
  expect(await said(await post(fetch, saying('x')))).toBe('He')
})

test.each(['json', 'yaml'])('reads %s behind the mark that Windows writes', async (extension) => {
  const text = '\uFEFF{ "scenarios": [\n{ "then": "Hi" }] }'
  const [scenario] = await parseScenarios(text, `a.${extension}`)
  expect(scenario).toEqual({ name: `a.${extension}:2`, then: 'Hi' })
})

test('says that a file of YAML holds one document', async () => {
  const text = 'scenarios:\n  - then: Hi\n---\nscenarios: []\n'
  await expect(parseScenarios(text, 'a.yaml')).rejects.toThrow(
    'a.yaml:3: a second document begins here, and a file holds one: leave out the "---"',
  )
})

test('the scenarios of the package can be used, and keep their schema', async () => {
  const scenarios = await loadScenarios('fixtures/scenarios')
  expect(scenarios.length).toBeGreaterThan(5)
  expect(() => mockFetch({ scenarios })).not.toThrow()
  expect(compileSchema(scenariosSchema as unknown as JsonObject)({ scenarios })).toEqual([])
})

test('the schema knows what the types know', () => {
  type Definitions = (typeof scenariosSchema)['$defs']
  type Members<Name extends 'when' | 'scenario' | 'pacing'> = keyof Definitions[Name]['properties']
  expectTypeOf<Members<'when'>>().toEqualTypeOf<Exclude<keyof When, 'predicate'>>()
  expectTypeOf<Members<'scenario'>>().toEqualTypeOf<keyof Scenario>()
  expectTypeOf<Members<'pacing'>>().toEqualTypeOf<keyof Pacing>()
  expectTypeOf<keyof Definitions['answer']['then']['properties']>().toEqualTypeOf<
    keyof AnswerSpec
  >()
})

test.each([
  [
    'scenarios:\n  - then: x\n  - when:\n      usr: x\n    then: {text: 1}\n',
    'f.yaml:4: /scenarios/1/when must NOT have additional properties: "usr"; there are user, system, message, tool, toolResult, turn, model, header, elevenlabs_extra_body, nth, attempt\n' +
      'f.yaml:5: /scenarios/1/then/text must be a string, and is 1; put it in quotes, if it is text',
  ],
  ['scenarios:\n  - when: {}\n', "f.yaml:2: /scenarios/0 must have required property 'then'"],
  ['{"scenarios": [\n  {"then": "x"\n]}', 'f.yaml:3: '],
  ['- then: x', 'f.yaml:1: / must be an object with "scenarios", and is a list'],
  ['', 'f.yaml:1: / must be an object with "scenarios", and is empty'],
  ['scenarios: {}', 'f.yaml:1: /scenarios must be a list, and is an object'],
  ['scenarios: [x]', 'f.yaml:1: /scenarios/0 must be an object with "then", and is "x"'],
  [
    'scenarios:\n  - then: 5\n',
    'f.yaml:2: /scenarios/0/then must be text, an answer such as { calls: [{ name: lookup }] }, or a list of these, and is 5; put it in quotes, if it is text',
  ],
  [
    'scenarios:\n  - then: [true]\n',
    'f.yaml:2: /scenarios/0/then/0 must be text, or an answer such as { calls: [{ name: lookup }] }, and is true; put it in quotes',
  ],
  ...[
    ['42', '42; put it in quotes, if it is text'],
    ['', 'empty'],
    ['[a]', 'a list'],
  ].map(([user, seen]): [string, string] => [
    `scenarios:\n  - when:\n      user: ${user}\n    then: x\n`,
    `f.yaml:3: /scenarios/0/when/user must be a string, or an object such as { regex: "^hello" }, and is ${seen}`,
  ]),
  [
    'scenarios:\n  - {when: {toolResult: lookup}, then: x}\n',
    '/when/toolResult must be true, false, or an object such as { name: lookup }, and is "lookup"',
  ],
  [
    'scenarios:\n  - then: {pacing: {ttft: 400ms}}\n',
    '/ttft must be a number of milliseconds, or an object such as { distribution: normal, mean: 400, deviation: 50 }, and is "400ms"',
  ],
  [
    'scenarios:\n  - then: {pacing: {ttft: {distribution: constant, value: 1s}}}\n',
    '/ttft/value must be a number of milliseconds, and is "1s"',
  ],
  [
    'scenarios:\n  - {when: {header: "authorization: secret"}, then: x}\n',
    '/when/header must be an object, such as { x-tenant: acme }, and is text',
  ],
  ['scenarios:\n  - then: {calls: lookup}\n', '/calls must be a list of calls, such as'],
  [
    'scenarios:\n  - then: {{user}}\n',
    'f.yaml:2: a key cannot be a list or an object; put text that begins with a template in quotes',
  ],
  [
    'scenarios:\n  - then: x\n  - then: {{user}} is here\n',
    'f.yaml:3: Unexpected scalar at node end; put text that begins with a template in quotes',
  ],
  [
    `a: &a [x, x]\n${['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].map((name, i) => `${name}: &${name} [${Array.from({ length: 9 }, () => `*${'abcdefgh'[i]}`).join(', ')}]`).join('\n')}\n`,
    'f.yaml:1: Excessive alias count',
  ],
  [`scenarios: ${'['.repeat(100_000)}`, 'f.yaml:1: '],
  [
    `scenarios: []\n${' '.repeat(3 * 1024 * 1024)}`,
    'f.yaml: has 3.0 MiB, and 2.0 are read at most: write it as JSON',
  ],
  [
    'scenarios:\n  - then:\n      pacing:\n        ttft: {distribution: normal, mean: 1}\n',
    "f.yaml:4: /scenarios/0/then/pacing/ttft must have required property 'deviation'",
  ],
])('says where %j is wrong', async (text, message) => {
  await expect(parseScenarios(text, 'f.yaml')).rejects.toThrow(message)
})

test('says where a scenario stands that cannot be used, whether it has a name or not', async () => {
  const path = await folder({
    'a.yaml': 'scenarios:\n  - then: Hi\n\n  - name: greet\n    then: "{{usr}}"\n',
    'b.yaml': 'scenarios:\n  - then: "{{usr}}"\n',
    'c.mjs': 'export default [{ name: "greet", then: "{{usr}}" }]\n',
  })
  const refused = async (name: string) => {
    const scenarios = await loadScenarios(join(path, name))
    return expect(() => mockFetch({ scenarios }))
  }
  ;(await refused('a.yaml')).toThrow(`${path}/a.yaml:4: greet: the template names {{usr}}`)
  ;(await refused('b.yaml')).toThrow(`${path}/b.yaml:2: the template names {{usr}}`)
  ;(await refused('c.mjs')).toThrow(`${path}/c.mjs: scenario 1: greet: the template names`)
})

test.each([
  ['missing.yaml', 'missing.yaml: cannot be read (ENOENT)'],
  ['package-lock.json', "package-lock.json:1: / must have required property 'scenarios'"],
  ['README.md', 'README.md: ".md" holds no scenarios; use .json, .yaml'],
  ['vitest.config.ts', 'vitest.config.ts: its default export must be an array of scenarios'],
])('refuses %s', async (path, message) => {
  await expect(loadScenarios(path)).rejects.toThrow(message)
})

test('refuses an empty folder', async () => {
  await expect(loadScenarios(await folder({}))).rejects.toThrow('holds no scenarios')
})

test.each([
  ['{"scenarios": [\n  {"then": "x"\n]}', "f.json:3: Expected ',' or '}'"],
  ['{"scenarios": [\n', 'f.json:2: Unexpected end of JSON input'],
  ['', 'f.json:1: Unexpected end of JSON input'],
  [
    '{"scenarios": [\n {"then": "a"},\n {"when": {\n  "user": "x",\n  "usr": 1},\n "then": {\n "text": 1}}]}',
    'f.json:3: /scenarios/1/when must NOT have additional properties: "usr"; there are user, system, message, tool, toolResult, turn, model, header, elevenlabs_extra_body, nth, attempt\n' +
      'f.json:7: /scenarios/1/then/text must be a string, and is 1',
  ],
  ['{"scenarios": [{}]}', "f.json:1: /scenarios/0 must have required property 'then'"],
  ['scenarios: []', 'f.json:1: Unexpected token'],
])('says where JSON is wrong: %j', async (text, message) => {
  await expect(parseScenarios(text, 'f.json')).rejects.toThrow(message)
})

test('reads a large JSON file without the parser of YAML', async () => {
  const scenarios = Array.from({ length: 100_000 }, (_, i) => ({
    when: { user: `${i}` },
    then: 'x',
  }))
  const began = cpuMs()
  const read = await parseScenarios(JSON.stringify({ scenarios }, null, 1), 'f.json')
  expect(cpuMs() - began).toBeLessThan(30_000)
  expect(read.at(-1)).toMatchObject({ name: 'f.json:599997', when: { user: '99999' } })
})

test('tells a reader no more than can be mended at a time', async () => {
  const text = JSON.stringify({ scenarios: Array.from({ length: 1_000 }, () => ({})) })
  const error = await parseScenarios(text, 'f.json').catch((reason: unknown) => reason as Error)
  expect((error as Error).message.split('\n')).toHaveLength(20)
})
