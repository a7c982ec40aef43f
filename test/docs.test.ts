import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { checkBroken, drawTerminal, isSamePicture } from '../scripts/draw-picture.ts'
import { listed } from '../scripts/play-examples.ts'
import { checks, checksFor, type Examples, examplesSchema } from '../src/conformance/index.ts'
import { compileSchema, dialects } from '../src/protocol/index.ts'
import { checksPage } from '../src/report/index.ts'

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')
const examples = JSON.parse(read('fixtures/examples.json')) as Examples

describe('`npm run docs` was run', () => {
  test('docs/checks.md is the page of the checks there are', () => {
    expect(read('docs/checks.md')).toBe(checksPage(checks, examples))
  })

  // Where a machine stalls, an answer may be whole before another request is sent, or before the client
  // leaves: a check of either is skipped then, and rightly so.
  test('docs/check.svg shows what a check says', { retry: 3 }, async () => {
    const drawn = drawTerminal(await checkBroken())
    expect(isSamePicture(read('docs/check.svg'), drawn), drawn).toBe(true)
  })

  test('every check has an example', () => {
    expect(compileSchema(examplesSchema)(examples)).toEqual([])
    expect(Object.keys(examples)).toEqual([...new Set(checks.map(({ id }) => id))])
    const judged = dialects.flatMap((dialect) =>
      checksFor(dialect).map(({ id }) => `${id} ${dialect.id}`),
    )
    const told = listed(examples).map(({ id, dialect }) => `${id} ${dialect}`)
    expect(told.toSorted()).toEqual(judged.toSorted())
  })
})
