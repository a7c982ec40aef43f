import { existsSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { filledIn, groupsIn } from '../scripts/facts.ts'
import { pages } from '../scripts/pages.ts'
import { parseScenarios } from '../src/mocks/node.ts'
import { mockFetch } from '../src/mocks/index.ts'
import { chat, responses } from '../src/protocol/index.ts'
import { joined, offering, post, said, saying } from './support/chat.ts'
import { fencesOf } from './support/fences.ts'
import { ROOT } from './support/pages-project.ts'

const read = (page: URL) => readFileSync(page, 'utf8')
const pageOf = (path: string) => read(new URL(`../${path}`, import.meta.url))

describe.each(pages.map((page) => ({ page, name: relative(ROOT, fileURLToPath(page)) })))(
  '$name',
  ({ page }) => {
    const text = read(page)

    test('says what the code knows: `npm run docs` was run', () => {
      expect(unaligned(text)).toBe(unaligned(filledIn(text)))
    })

    test('its links lead somewhere', () => {
      for (const [, link = ''] of text.matchAll(/\]\((?!https?:)([^)]+)\)/g)) {
        const target = new URL(link, page)
        expect(existsSync(new URL(target.pathname, page)), link).toBe(true)
        if (target.hash !== '')
          expect(anchorsOf(read(target)), link).toContain(target.hash.slice(1))
      }
    })

    test('the scripts it names are there', () => {
      const { scripts } = JSON.parse(pageOf('package.json'))
      for (const [, script] of text.matchAll(/npm run ([\w:-]+)/g))
        expect(scripts).toHaveProperty([script!])
    })
  },
)

test.each(['ARCHITECTURE.md', 'docs/decisions.md'])('the files that %s names are there', (page) => {
  for (const [, path] of pageOf(page).matchAll(/`([\w-]+\/[\w/-]+\.ts)`/g)) {
    const places = ['src/', 'src/conformance/', ''].map(
      (root) => new URL(`../${root}${path}`, import.meta.url),
    )
    expect(places.some(existsSync), path).toBe(true)
  }
})

test('the README is read in two minutes', () => {
  const lines = pageOf('README.md').split('\n').length
  expect(lines).toBeGreaterThanOrEqual(60)
  expect(lines).toBeLessThanOrEqual(100)
})

test('the page of checking tells of each group that judges every run', () => {
  const told = [...pageOf('docs/checking.md').matchAll(/^\| `(\w+)\/` /gm)].map(
    ([, group]) => group,
  )
  expect(new Set(told)).toEqual(new Set([...groupsIn(chat), ...groupsIn(responses)]))
})

test('the scenarios of the page about them answer, a retry included', async () => {
  const yaml = fencesOf(pageOf('docs/scenarios.md')).find(({ file }) => file === 'scenarios.yaml')
  const scenarios = await parseScenarios(yaml!.code, 'scenarios.yaml')
  const fetch = mockFetch({ scenarios, strict: true })
  const table = saying('A table, please')
  expect((await post(fetch, table)).headers.get('retry-after')).toBe('1')
  expect(await said(await post(fetch, table))).toBe('For how many people?')

  const order = saying('Where is my order A1?', offering('lookup_order'))
  const [call] = (await joined(await post(fetch, order))).choices[0]!.calls
  expect(call).toMatchObject({ name: 'lookup_order', arguments: '{"order_number":"A1"}' })
  const { id = '', name = '', arguments: args } = call!
  const messages = [
    ...order.messages,
    {
      role: 'assistant' as const,
      tool_calls: [{ id, type: 'function' as const, function: { name, arguments: args } }],
    },
    { role: 'tool' as const, tool_call_id: id, content: '{"carrier":"Heron"}' },
  ]
  expect(await said(await post(fetch, { ...order, messages }))).toBe('It is with Heron.')
  expect(fetch.unused()).toEqual([])
})

/** Formatted tables differ from those that are filled in by blanks and lines only. */
function unaligned(page: string): string {
  return page.replaceAll(/ {2,}/g, ' ').replaceAll(/-{3,}/g, '---')
}

/** As GitHub makes them of headings. */
function anchorsOf(page: string): string[] {
  return [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  )
}
