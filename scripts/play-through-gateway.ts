import { check, checksFor } from '../src/conformance/index.ts'
import type { Limits } from '../src/gateway/index.ts'
import { startGateway } from '../src/gateway/node.ts'
import type { Dialect } from '../src/protocol/index.ts'
import { startServer } from '../src/server/index.ts'
import type { Fault } from '../src/wire/index.ts'
import { policyFor } from './check-reference.ts'
import { UNHURRIED } from './unhurried.ts'

/**
 * What becomes of a broken upstream behind a gateway: its callers get a right answer, or are told in the
 * right way that there is none, or get what it said. What is `broken off` they are left waiting for.
 */
export type Becomes = 'repaired' | 'told' | 'passed on' | 'broken off'

/** What tells a caller that there is no answer. */
const TELLING = ['transport/status-ok', 'errors/error-in-200']
/** What must not become of an answer, whatever its upstream does. */
const BROKEN_OFF = ['transport/body-complete', 'stream/cut-off', 'stream/terminal-missing']
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
      only: checksFor(dialect)
        .map((each) => each.id)
        .filter((each) => [id, ...TELLING, ...BROKEN_OFF].includes(each)),
    })
    const failed = report.checks.filter(({ status }) => status === 'fail').map((each) => each.id)
    // Who gives up after so long has not heard the end.
    const isHeardOut = id !== 'latency/total'
    if (isHeardOut && failed.some((each) => BROKEN_OFF.includes(each))) return 'broken off'
    if (failed.some((each) => TELLING.includes(each))) return 'told'
    return failed.length > 0 ? 'passed on' : 'repaired'
  } finally {
    await gateway.close({ drainMs: 0 })
    await upstream.close()
  }
}
