import { expect, test } from 'vitest'
import { Linter, lintInSlices } from '../../src/conformance/index.ts'
import { bytes } from '../support/bytes.ts'
import { DONE, says } from '../support/exchanges.ts'

const BODY = bytes(`${says('<think>'.repeat(20_000))}${DONE}`)

/** More than can be judged in a moment. */
const SAVED = Array.from({ length: 400 }, (_, i) => ({ file: `${i}.sse`, body: BODY }))

test('after an interrupt, a report tells every file, and what was not judged', async () => {
  const controller = new AbortController()
  setImmediate(() => controller.abort())
  const { verdict, files } = await lintInSlices(new Linter(), SAVED, controller.signal)
  const reasons = files.map((file) => file.checks.map(({ reason }) => reason))
  expect(files).toHaveLength(SAVED.length)
  expect(reasons[0]).not.toContain('interrupted before it was judged')
  expect(reasons.at(-1)).toContain('interrupted before it was judged')
  expect(verdict).not.toBe('pass')
})

test('without one, it is the report of lint', async () => {
  const saved = SAVED.slice(0, 2)
  const { files } = await lintInSlices(new Linter(), saved)
  expect(files).toEqual(new Linter().lint(saved).files)
})
