import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const PAGES = new URL('../../docs/deploy/', import.meta.url)
const FILES = new URL('../../deploy/', import.meta.url)
/** What a page shows of a file, and of which. */
const SHOWN = /<!-- not run: it is part of deploy\/(\S+) -->\n\n```\w+\n([^]*?)^```$/gm
const CHECK = 'npx llm-soundcheck check https://api.example.com/v1 --api-key "$KEY"\n```\n'

/** What is shown of a file begins at the margin. */
const INDENTS = [0, 2, 4, 6, 8, 10]
const indented = (code: string, indent: number) => code.replaceAll(/^(?=.)/gm, ' '.repeat(indent))

const read = (name: string) => readFileSync(new URL(name, PAGES), 'utf8')
const names = readdirSync(PAGES).filter((name) => name !== 'README.md')

describe.each(names)('%s', (name) => {
  const page = read(name)

  test('shows what is in the files', () => {
    for (const [, path = '', code = ''] of page.matchAll(SHOWN)) {
      const file = readFileSync(new URL(path, FILES), 'utf8')
      expect(
        INDENTS.map((indent) => indented(code, indent)).some((each) => file.includes(each)),
        code,
      ).toBe(true)
      expect(code.trimEnd().split('\n').length, path).toBeLessThanOrEqual(20)
    }
  })

  test('says what buffers, and ends with a check', () => {
    expect(page).toContain('- **What buffers**: ')
    expect(page.endsWith(CHECK)).toBe(true)
  })

  test('is on the index', () => {
    expect(read('README.md')).toContain(`](${name})`)
  })
})

test('the route that is shown is the one that is deployed', () => {
  const [, route] = /```ts route\.ts\n([^]*?)^```$/m.exec(read('vercel.md'))!
  const file = new URL('vercel/app/v1/chat/completions/route.ts', FILES)
  expect(route).toBe(readFileSync(file, 'utf8'))
})
