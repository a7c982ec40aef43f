import { check } from '../src/conformance/index.ts'
import type { Limits } from '../src/gateway/index.ts'
import { startGateway } from '../src/gateway/node.ts'
import type { Dialect } from '../src/protocol/index.ts'
import { startServer } from '../src/server/index.ts'
import type { Fault } from '../src/wire/index.ts'
import { policyFor } from './check-reference.ts'
import { UNHURRIED } from './unhurried.ts'

/**
 * What becomes of a broken upstream behind a gateway: its callers get a right answer, or are told in the
 * right way that there is none, or get what it said.
 */
export type Becomes = 'repaired' | 'told' | 'passed on'

/** What tells a caller that there is no answer. */
const TELLING = ['transport/status-ok', 'errors/error-in-200']
const [KEY, MODEL] = ['sesame-1234-open', 'house-blend']

/**
 * Checks a gateway in front of an upstream that is broken by a fault, as far as one check judges it; both
 * speak one dialect.
 */
export async function playThroughGateway(
  id: string,
  fault: Fault,
  limits: Partial<Limits>,
  dialect: Dialect,
): Promise<Becomes> {
  const upstream = await startServer({ fault })
  const keys = (key: string) => (key === KEY ? { name: 'test' } : undefined)
  const models = { [MODEL]: { url: `${upstream.url}${dialect.path}` } }
  const gateway = await startGateway({ models, keys, limits })
  try {
    const report = await check({
      url: `${gateway.url}${dialect.path}`,
      apiKey: KEY,
      model: MODEL,
      limits: UNHURRIED,
      ...policyFor(id),
      only: [id, ...TELLING],
    })
    const failed = report.checks.filter(({ status }) => status === 'fail').map((each) => each.id)
    if (failed.some((each) => TELLING.includes(each))) return 'told'
    return failed.length > 0 ? 'passed on' : 'repaired'
  } finally {
    await gateway.close({ drainMs: 0 })
    await upstream.close()
  }
}
