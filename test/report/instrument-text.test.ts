import { expect, test } from 'vitest'
import { instrumentText } from '../../src/report/measurements/instrument-text.ts'
import { reportOf } from '../support/bench-reports.ts'

test('a machine that woke threads late', () => {
  const { instrument } = reportOf([], { ttftErrorP99: 7, busy: { share: 1, wokeLateP99: 12.25 } })
  expect(instrumentText(instrument)).toContain('busy 10 %; threads woke 12.3 ms late (p99)')
})

test.each([
  [7, 'adds +- / +7.0 ms (p50 / p99) to ttft; 1 thread, busy 10 %'],
  [null, 'got none of its own answers back; 1 thread, busy 10 %'],
  [undefined, 'not calibrated; 1 thread, busy 10 %'],
])('an error of %s ms', (ttftErrorP99, text) => {
  const { instrument } = reportOf([], ttftErrorP99 === undefined ? {} : { ttftErrorP99 })
  expect(instrumentText(instrument)).toContain(text)
})
