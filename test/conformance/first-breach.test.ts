import { expect, test } from 'vitest'
import { firstBreach } from '../../src/conformance/index.ts'
import { ExchangeReading } from '../../src/protocol/index.ts'
import { exchangeOf } from '../support/exchanges.ts'

test.each([
  [429, '{"error":{"message":"Slow down.\\nPlease."}}', 'Slow down. Please.'],
  [500, '\nTraceback:\r\n  File "x.py"', 'Traceback: File "x.py"'],
  [502, '<html>\r\n<title>Bad\n gateway</title></html>', 'an HTML page, titled "Bad gateway"'],
  [503, '<!doctype html><p>Sorry.', 'an HTML page'],
])('an answer with status %i: what it says, in a line', (status, body, words) => {
  const response = { status, statusText: '', headers: [], atMs: 1 }
  const exchange = exchangeOf([[1, body]], { response })
  expect(firstBreach(new ExchangeReading(exchange))).toEqual({
    check: null,
    seen: `status ${status}: ${words}`,
  })
})

test('a redirect: where it leads', () => {
  const headers = [['Location', 'https://example.com/v1/']] as const
  const response = { status: 302, statusText: '', headers, atMs: 1 }
  const exchange = exchangeOf([[1, '<html>Moved.</html>']], { response })
  const seen = 'status 302: Location: https://example.com/v1/'
  expect(firstBreach(new ExchangeReading(exchange))).toEqual({ check: null, seen })
})
