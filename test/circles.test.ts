import { readdirSync, readFileSync } from 'node:fs'
import { join, normalize } from 'node:path'
import { expect, test } from 'vitest'

const SRC = join(import.meta.dirname, '../src')
const SPECIFIER = /\b(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g

/** A file, and one that it imports, types included; both below `src`. */
type Import = readonly [from: string, to: string]

function importsOf(file: string): Import[] {
  const text = readFileSync(join(SRC, file), 'utf8')
  return [...text.matchAll(SPECIFIER)].map(([, to]) => [file, normalize(join(file, '..', to!))])
}

/** The files or folders in which two files are where their paths part. */
function partingOf([from, to]: Import): Import | undefined {
  const [a, b] = [from.split('/'), to.split('/')]
  const at = a.findIndex((name, i) => name !== b[i])
  return at < 0 ? undefined : [a.slice(0, at + 1).join('/'), b.slice(0, at + 1).join('/')]
}

/** Every import between two files, or two folders, that leads back, with one that makes it so. */
function circlesIn(imports: readonly Import[]): string[] {
  const next = new Map<string, Map<string, string>>()
  for (const each of imports) {
    const [from, to] = partingOf(each) ?? []
    if (from === undefined || to === undefined) continue
    if (!next.has(from)) next.set(from, new Map())
    next.get(from)!.set(to, each.join(' imports '))
  }
  const reachedFrom = (start: string) => {
    const reached = new Set<string>([start])
    for (const each of reached) for (const to of next.get(each)?.keys() ?? []) reached.add(to)
    return reached
  }
  return [...next].flatMap(([from, targets]) =>
    [...targets].flatMap(([to, example]) => (reachedFrom(to).has(from) ? example : [])),
  )
}

test('neither files nor folders import each other in a circle', () => {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  const imports = files.filter((file) => file.endsWith('.ts')).flatMap(importsOf)
  expect(imports.length).toBeGreaterThan(1_000)
  expect(circlesIn(imports)).toEqual([])
})

test.each<[string, Import[], string[]]>([
  [
    'none',
    [
      ['a/x.ts', 'b/y.ts'],
      ['a/z.ts', 'a/x.ts'],
    ],
    [],
  ],
  [
    'files',
    [
      ['a/x.ts', 'a/y.ts'],
      ['a/y.ts', 'a/x.ts'],
    ],
    ['a/x.ts imports a/y.ts', 'a/y.ts imports a/x.ts'],
  ],
  [
    'folders',
    [
      ['a/x.ts', 'b/y.ts'],
      ['b/z.ts', 'a/w.ts'],
    ],
    ['a/x.ts imports b/y.ts', 'b/z.ts imports a/w.ts'],
  ],
  [
    'a folder and a file',
    [
      ['a.ts', 'b/y.ts'],
      ['b/z.ts', 'a.ts'],
    ],
    ['a.ts imports b/y.ts', 'b/z.ts imports a.ts'],
  ],
])('of circles, these are found: %s', (_, imports, circles) => {
  expect(circlesIn(imports)).toEqual(circles)
})
