import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { schemas } from '../../scripts/schemas.ts'
import { groups } from '../../src/conformance/checks/index.ts'
import { checks, checksFor, mutantsOf, type Check } from '../../src/conformance/index.ts'
import { isProbeId } from '../../src/conformance/probe-ids.ts'
import { probes } from '../../src/conformance/probes/index.ts'
import { TOOL } from '../../src/endpoint/index.ts'
import { compileSchema, type Dialect, dialects, responses } from '../../src/protocol/index.ts'

const root = new URL('../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')
const filesIn = (folder: string) =>
  readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/(?:^|\/)index\.ts$/.test(name))
    .map((name) => name.slice(0, -'.ts'.length))
    .toSorted()

test('every check in a folder is listed by its group, under the name of its file', () => {
  const isCheck = (name: string) =>
    read(`src/conformance/checks/${name}.ts`).includes('export default defineCheck(')
  const files = filesIn('src/conformance/checks').filter(isCheck)
  const listed = groups.flatMap((group) => {
    for (const { id } of group.checks) expect(id.split('/')[0]).toBe(group.id)
    return group.checks.map(({ id }) => id)
  })
  const idOf = (file: string) => file.replace('/in-responses/', '/')
  expect(listed.toSorted()).toEqual(files.map(idOf).toSorted())
  for (const file of files.filter((each) => each !== idOf(each))) {
    const own = checks.filter(({ id, dialect }) => id === idOf(file) && dialect === 'responses')
    expect(own.length, file).toBe(1)
  }
})

test.each(dialects)('no two checks have one id in $id', (dialect) => {
  const ids = checksFor(dialect).map(({ id }) => id)
  expect(ids).toEqual([...new Set(ids)])
})

test('every probe in the folder is listed, under the name of its file', () => {
  const files = filesIn('src/conformance/probes').filter(
    (name) => !['define-probe', 'members', 'replay', 'request-fixture'].includes(name),
  )
  const members = read('src/conformance/probes/members.ts').matchAll(
    /as '?([\w-]+)'? } from '(.*)'/g,
  )
  expect(Array.from(members, ([, id, file]) => [id, file])).toEqual(
    files.map((name) => [name, `./${name}.ts`]),
  )
  expect(probes.map(({ id }) => id).toSorted()).toEqual(files)
})

const judging = dialects.flatMap((dialect) =>
  checksFor(dialect).map((check) => [check.id, dialect, check] as const),
)

describe.each(judging)('%s', (_, dialect: Dialect, check: Check) => {
  test('says what it wants, why, and what to do', () => {
    for (const text of [check.effect, check.fix]) expect(text).toMatch(/^(?:[A-Z]|openai-).*[.)]$/s)
    expect(check.title).not.toMatch(/\.$/)
    expect(check.requirement.text).not.toBe('')
    expect(check.requirement.source).not.toBe('')
    expect(new URL(check.requirement.url).protocol).toBe('https:')
    expect(check.since).toMatch(/^\d{4}-\d{2}$/)
  })

  test('can fail', () => {
    expect(Object.keys(mutantsOf(check, dialect)).length).toBeGreaterThan(0)
    expect(check.inspect ?? check.compare).toBeDefined()
  })

  test('names checks and probes that exist', () => {
    const ids = checks.map(({ id }) => id)
    for (const echo of check.echoes ?? []) expect(ids).toContain(echo)
    if (typeof check.probes !== 'string') expect(check.probes.every(isProbeId)).toBe(true)
  })
})

test('what judges the Responses API speaks of what is there', () => {
  const ofChat = /\b(?:max_tokens|choices|chunks?|finish_reason|tool_calls|chat completion)\b/
  const texts = checksFor(responses)
    .filter(({ dialect, id }) => dialect === undefined && id !== 'transport/body-complete')
    .flatMap(({ title, effect, fix, requirement: { text, source } }) =>
      [title, effect, fix, text, source].map((each) =>
        each.replaceAll('max_tokens or max_output_tokens', ''),
      ),
    )
  expect(texts.filter((each) => ofChat.test(each))).toEqual([])
})

test('the version is that of the package', () => {
  expect(TOOL.version).toBe(JSON.parse(read('package.json')).version)
})

test.each(Object.entries(schemas))('the published schema of %s is up to date', (name, schema) => {
  expect(JSON.parse(read(`schemas/${name}.schema.json`))).toEqual(
    JSON.parse(JSON.stringify(schema)),
  )
})

test.each(readdirSync(new URL('fixtures/requests/', root)))(
  'the request %s satisfies its schema',
  (name) => {
    const fixture = JSON.parse(read(`fixtures/requests/${name}`))
    expect(compileSchema(schemas['request-fixture'])(fixture)).toEqual([])
    expect(fixture).toMatchObject({ title: expect.any(String), exercises: expect.any(String) })
  },
)
