import { expect, test } from 'vitest'
import { firstBreach } from '../../src/conformance/index.ts'
import { exchangeOf } from '../support/exchanges.ts'

test.each([
  [429, '{"error":{"message":"Slow down.\\nPlease."}}', 'Slow down. Please.'],
  [500, '\nTraceback:\r\n  File "x.py"', 'Traceback: File "x.py"'],
  [502, '<html>\r\n<title>502</title></html>', '<html> <title>502</title></html>'],
])('an answer with status %i: what it says, in a line', (status, body, words) => {
  const response = { status, statusText: '', headers: [], atMs: 1 }
  const exchange = exchangeOf([[1, body]], { response })
  expect(firstBreach(exchange)).toEqual({ check: null, seen: `status ${status}: ${words}` })
})
