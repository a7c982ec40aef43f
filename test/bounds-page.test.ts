import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { BOUNDS } from '../src/wire/index.ts'

test('the page of bounds tells those that are in force', async () => {
  const page = await readFile(new URL('../docs/bounds.md', import.meta.url), 'utf8')
  const told = [...page.matchAll(/^\| [^|]+ \| +([\d,]+) \|/gm)].map(([, value]) => value)
  const { answer, run, findings } = BOUNDS
  const inForce = [...Object.values(answer), ...Object.values(run), findings]
  expect(told).toEqual(expect.arrayContaining(inForce.map((each) => each.toLocaleString('en'))))
})

test('and those of a tap, in words', async () => {
  const page = await readFile(new URL('../docs/bounds.md', import.meta.url), 'utf8')
  const { told, alike, conversations, archive } = BOUNDS.tap
  expect(page).toContain(`lists ${told} exchanges, ${alike} of each kind of finding`)
  expect(page).toContain(`tells ${conversations} conversations apart`)
  expect(page).toContain(`kept for \`--har\` ${archive / 1024 / 1024} MiB`)
})
