import { readFileSync } from 'node:fs'
import type { Examples } from '../../conformance/index.ts'

/** The findings that ship with the package, one for each check and dialect. */
export function readExamples(): Examples {
  const file = new URL('../../../fixtures/examples.json', import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8')) as Examples
}
