import { expect, test } from 'vitest'
import { type CheckResult, lint } from '../../src/conformance/index.ts'
import { concatArrivals, type Exchange } from '../../src/wire/index.ts'
import { record } from '../../src/wire/node.ts'
import { requestFixture } from '../../src/conformance/probes/request-fixture.ts'
import { faultOf } from '../support/fault.ts'
import { referenceServer } from '../support/reference-server.ts'

async function recorded(
  fixture: string,
  faulty?: [check: string, mutant: string],
): Promise<Exchange> {
  const url = `${await referenceServer(faulty ? faultOf(...faulty) : {})}/chat/completions`
  const body = JSON.stringify(requestFixture(fixture))
  const headers = [['content-type', 'application/json']] as const
  const exchange = await record(
    { method: 'POST', url, headers, body },
    { probe: 'recorded', timeoutMs: 5_000 },
  )
  // However busy the machine was: the end comes at once after the pieces.
  return { ...exchange, end: { ...exchange.end, atMs: 3 } }
}

/**
 * What was judged of each, without the times: a split may only change those. As text: thousands are
 * compared.
 */
function verdicts(exchanges: readonly Exchange[]): string[] {
  // Each in a folder of its own: those in one would be compared with each other.
  const saved = exchanges.map((exchange, i) => ({ file: `${i}/recorded`, exchange }))
  return lint(saved).files.map(({ checks }) =>
    JSON.stringify(
      checks.map(({ id, status, reason, findings }: CheckResult) => ({
        id,
        status,
        reason,
        findings: findings.map(({ atMs: _, ...finding }) => finding),
      })),
      null,
      1,
    ),
  )
}

test.each<[string, Parameters<typeof recorded>]>([
  ['a good reply with many scripts', ['streamed-unicode']],
  ['a broken tool call', ['two-tools', ['tools/index-shared', 'tool-index-all-zero']]],
  ['a stream that is not UTF-8', ['streamed-unicode', ['sse/utf8', 'latin1']]],
])('%s gets the same verdict, wherever its bytes are split', async (_, what) => {
  const exchange = await recorded(...what)
  const body = concatArrivals(exchange.arrivals)
  const split = Array.from({ length: body.length - 1 }, (__, before) => ({
    ...exchange,
    arrivals: [
      { atMs: 1, bytes: body.subarray(0, before + 1) },
      { atMs: 2, bytes: body.subarray(before + 1) },
    ],
  }))
  const [whole, ...others] = verdicts([
    { ...exchange, arrivals: [{ atMs: 1, bytes: body }] },
    ...split,
  ])
  expect(others).toHaveLength(body.length - 1)
  for (const [i, other] of others.entries()) expect(other, `split at ${i + 1}`).toBe(whole)
})
