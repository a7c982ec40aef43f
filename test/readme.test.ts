import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checks } from '../src/conformance/index.ts'
import { probes } from '../src/conformance/probes/index.ts'

const root = new URL('../', import.meta.url)
const readme = readFileSync(new URL('README.md', root), 'utf8')

const common = checks.filter(({ optIn }) => optIn === undefined)

test.each([
  [`judged by ${common.length} checks`],
  [`A run sends ${probes.reduce((sum, { requests }) => sum + requests, 0)} requests`],
  [`${readdirSync(new URL('fixtures/exchanges/legal/', root)).length} such oddities`],
  ...[...new Set(common.map(({ id }) => id.split('/')[0]))].map((group) => [`\`${group}/\``]),
])('the README says: %s', (sentence) => {
  expect(readme).toContain(sentence)
})

test.each([...readme.matchAll(/\]\((?!https?:)([^)]+)\)/g)].map(([, path]) => [path!]))(
  'the link to %s leads somewhere',
  (path) => {
    expect(() => readdirOrRead(path)).not.toThrow()
  },
)

function readdirOrRead(path: string): unknown {
  const url = new URL(path, root)
  try {
    return readFileSync(url)
  } catch {
    return readdirSync(url)
  }
}
