import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { reporters } from '../../src/report/index.ts'

test('every reporter in the folder is listed, under the name of its file', () => {
  const folder = new URL('../../src/report/reporters/', import.meta.url)
  const files = readdirSync(folder).map((file) => file.replace(/\.ts$/, ''))
  expect(Object.keys(reporters).toSorted()).toEqual(files.toSorted())
})
