import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type OutputOptions, rolldown } from 'rolldown'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import config from '../../rolldown.config.ts'
import * as scenarios from '../../src/mocks/scenario/spec/validate-scenarios.ts'
import { seededFaker } from '../../src/mocks/model/seeded-faker.ts'
import type * as templates from '../../src/mocks/scenario/answer/template.ts'
import type { Situation } from '../../src/mocks/scenario/match/situation.ts'
import * as requests from '../../src/protocol/chat/validation/read-chat-request.ts'
import * as schemas from '../../src/protocol/json/schema-fault.ts'
import { post, saying } from '../support/chat.ts'
import type * as server from '../../src/server/index.ts'

const root = new URL('../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')

const scratch = mkdtempSync(join(tmpdir(), 'bundle-'))
const built = join(scratch, 'dist')
const input = config.input as Record<string, string>
const doors = Object.keys(input).filter((name) => input[name] === `src/${name}.ts`)

beforeAll(async () => {
  // They are looked for from where the modules are.
  for (const name of ['node_modules', 'fixtures', 'package.json']) {
    symlinkSync(fileURLToPath(new URL(name, root)), join(scratch, name))
  }
  const modules = {
    scenarios: 'src/mocks/scenario/spec/validate-scenarios.ts',
    requests: 'src/protocol/chat/validation/read-chat-request.ts',
    schemas: 'src/protocol/json/schema-fault.ts',
    templates: 'src/mocks/scenario/answer/template.ts',
  }
  const bundle = await rolldown({ ...config, input: { ...input, ...modules } })
  await bundle.write({ ...(config.output as OutputOptions), dir: built })
})
afterAll(() => rmSync(scratch, { recursive: true }))

const imported = async <Module>(name: string): Promise<Module> => import(join(built, `${name}.js`))

const OTHERS = [null, true, -1, 0.5, '', 'other', [], ['other'], {}, { type: 'function' }]

/** A value in which one thing after the other is another, or missing. */
function* broken(value: unknown): Generator {
  yield* OTHERS
  if (typeof value !== 'object' || value === null) return
  for (const [key, member] of Object.entries(value)) {
    for (const other of broken(member)) {
      const copy = structuredClone(value) as Record<string, unknown>
      copy[key] = other
      yield copy
    }
    const copy = structuredClone(value) as Record<string, unknown>
    delete copy[key]
    yield copy
  }
}

const fixtures = readdirSync(new URL('fixtures/requests/', root)).map((name) => ({
  model: 'any',
  ...(JSON.parse(read(`fixtures/requests/${name}`)).request as Record<string, unknown>),
}))

test('what is compiled when it is built refuses requests in the same words', async () => {
  const { readChatRequest } = await imported<typeof requests>('requests')
  const bodies = fixtures
    .flatMap((request) => [request, ...broken(request)])
    .map((each) => JSON.stringify(each))
  const answers = bodies.map((body) => readChatRequest(body))
  expect(answers).toEqual(bodies.map((body) => requests.readChatRequest(body)))
  const messages = new Set(answers.map((each) => ('error' in each ? each.error.message : '')))
  expect(messages.size).toBeGreaterThan(50)
})

test('so it does scenarios', async () => {
  const { violationsOfScenarios } = await imported<typeof scenarios>('scenarios')
  const whole = parse(read('fixtures/scenarios/front-desk.yaml')) as unknown
  const all = [whole, ...broken(whole)]
  const violations = all.map((each) => violationsOfScenarios(each))
  expect(violations).toEqual(all.map((each) => scenarios.violationsOfScenarios(each)))
  expect(new Set(violations.flat().map(({ message }) => message)).size).toBeGreaterThan(10)
})

test('so it does schemas', async () => {
  const { schemaFault } = await imported<typeof schemas>('schemas')
  const parameters = {
    type: 'object',
    $defs: { day: { enum: ['today', 1] } },
    properties: {
      at: { type: 'array', items: { $ref: '#/$defs/day' }, minItems: 1, uniqueItems: true },
      name: { type: ['string', 'null'], pattern: '^a', maxLength: 3, default: 'a' },
      size: { anyOf: [{ type: 'number', multipleOf: 2 }, { const: 3 }] },
    },
    required: ['at'],
    additionalProperties: false,
  }
  const all = [...broken(parameters)].filter((each) => typeof each === 'object' && each !== null)
  const faults = all.map((each) => schemaFault(each as never))
  expect(faults).toEqual(all.map((each) => schemas.schemaFault(each as never)))
  expect(new Set(faults).size).toBeGreaterThan(20)
})

test('what each start uses is built so that V8 compiles it with its module', () => {
  const chunks = join(built, 'inside/chunks')
  const code = readdirSync(chunks).map((name) => readFileSync(join(chunks, name), 'utf8'))
  const roots = code.flatMap((each) => [...each.matchAll(/= \(function validate0\(/g)])
  expect(roots).toHaveLength(3)
})

test('what is built knows what faker makes up before it is loaded', async () => {
  const { template } = await imported<typeof templates>('templates')
  const fails = (deed: () => unknown) => {
    try {
      deed()
      return false
    } catch {
      return true
    }
  }
  const situation = { request: {}, headers: [], user: 'Hi', system: '' } as unknown as Situation
  const filling = { situation, faker: () => seededFaker(0) } as unknown as templates.Filling
  // Its inner parts are for nobody to name.
  const modules = Object.entries(seededFaker(0)).filter(([name]) => name !== 'fakerCore')
  const names = modules.flatMap(([module, methods]) =>
    ['none', ...Object.keys(methods as object)].flatMap((method) =>
      ['', '.name', '.length', '.0'].map((member) => `faker.${module}.${method}${member}`),
    ),
  )
  const refused = names.filter((name) => fails(() => template(`{{${name}}}`)))
  // Names within a section are looked for when it is filled in.
  const missing = names.filter((name) =>
    fails(() => template(`{{#user}}{{${name}}}{{/user}}`).render(filling)),
  )
  expect(refused).toEqual(missing)
  expect(refused).toContain('faker.helpers.shuffle')
  expect(refused).not.toContain('faker.airline.airport.name')
})

/** Writes down what is loaded. */
const SPY = `
import { appendFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
registerHooks({
  load(url, context, next) {
    appendFileSync(process.env.LOADED, url + '\\n')
    return next(url, context)
  },
})`

test('what is built answers in fixed words without what makes up, counts or compiles', async () => {
  const [scenario, loaded] = [join(scratch, 'scenario.json'), join(scratch, 'loaded.txt')]
  writeFileSync(scenario, JSON.stringify({ scenarios: [{ then: 'Hello.' }] }))
  const spy = `data:text/javascript,${encodeURIComponent(SPY)}`
  const args = ['--import', spy, join(built, 'cli/bin.js'), 'serve', '--port=0', '--quiet']
  const child = spawn(process.execPath, [...args, '--scenarios', scenario], {
    env: { ...process.env, LOADED: loaded },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const [line] = (await once(child.stdout, 'data')) as [Buffer]
    const [url = ''] = /http\S+/.exec(line.toString()) ?? []
    const answer = await post(
      fetch,
      saying('Hi', { max_tokens: 100 }),
      {},
      `${url}/chat/completions`,
    )
    expect(await answer.text()).toContain('Hello')
  } finally {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  const packages = Array.from(
    readFileSync(loaded, 'utf8').matchAll(/.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\/(.*)/g),
    ([, name, path]) => (name === 'ajv' ? `ajv/${path}` : name!),
  )
  expect(packages).toContain('fastify')
  const idle =
    /^(?:@faker-js|ajv\/dist\/2020|ajv-formats|eventsource-parser|gpt-tokenizer|randexp|yaml)/
  expect(packages.filter((each) => idle.test(each))).toEqual([])
})

/** What a chunk loads, at once or later, directly or not, that is not ours. */
function packagesOf(chunk: URL, seen = new Set<string>()): Set<string> {
  if (seen.has(chunk.href)) return seen
  seen.add(chunk.href)
  const code = readFileSync(chunk, 'utf8')
  for (const [, specifier = ''] of [...code.matchAll(IMPORT), ...code.matchAll(LATER)]) {
    if (specifier.startsWith('.')) packagesOf(new URL(specifier, chunk), seen)
    else seen.add(specifier)
  }
  return seen
}
const LATER = /\bimport\(["']([^"']+)["']\)/g
const IMPORT = /^(?:import|export)\s(?:[^'";]*?\sfrom\s+)?["']([^"']+)["']/gm

test.each(['conformance/lint', 'mocks/index', 'mocks/fronts/msw'])(
  'what is built for browsers loads nothing of Node.js: %s',
  (door) => {
    const loaded = [...packagesOf(new URL(`file://${built}/${door}.js`))]
    expect(loaded).toContain('ajv/dist/2020.js')
    expect(loaded.filter((each) => /^node:|^undici$/.test(each))).toEqual([])
  },
)

test.each(doors.filter((door) => !/^(?:cli|vitest|artillery)/.test(door)))(
  'what is built opens what the sources do: %s',
  async (door) => {
    const sources = await import(new URL(`src/${door}.ts`, root).href)
    expect(Object.keys(await imported(door)).toSorted()).toEqual(Object.keys(sources).toSorted())
  },
)

test('what is built finds its fixtures and its threads', async () => {
  const { startServer } = await imported<typeof server>('server/index')
  await using endpoint = await startServer()
  const bin = join(built, 'cli/bin.js')
  const run = async (...args: string[]) => promisify(execFile)(process.execPath, [bin, ...args])
  expect((await run('check', endpoint.url, '--skip', 'latency')).stdout).toContain('PASS')
  expect((await run('explain', 'sse/done')).stdout).toContain('example')
  const bench = ['--concurrency', '1', '--requests', '5']
  expect((await run('bench', endpoint.url, ...bench)).stdout).toContain('PASS')
})
