import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { benchReporters, reporters } from '../../src/report/index.ts'

const FILES = readdirSync(new URL('../../src/report/reporters/', import.meta.url)).map((file) =>
  file.replace(/\.ts$/, ''),
)
const BENCH = /^bench-/

test('every reporter in the folder is listed, under the name of its file', () => {
  const files = FILES.filter((file) => !BENCH.test(file))
  expect(Object.keys(reporters).toSorted()).toEqual(files.toSorted())
})

test('so is every reporter of benchmarks there', () => {
  const files = FILES.filter((file) => BENCH.test(file)).map((file) => file.replace(BENCH, ''))
  expect(files.length).toBeGreaterThan(0)
  expect(Object.keys(benchReporters)).toEqual(expect.arrayContaining(files))
})
