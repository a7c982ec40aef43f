import { type CheckResult, Linter, lintInSlices } from '../../conformance/index.ts'
import type { CallsComparison, FindingsChange, TimeChange } from '../../report/index.ts'
import { hear } from '../../tap/index.ts'
import { onInterrupt } from '../progress/on-interrupt.ts'
import { readExchanges, readSaved } from '../files/read-saved.ts'

interface Calls {
  readonly count: number
  /** In how many each check found something. */
  readonly found: ReadonlyMap<string, { readonly calls: number; readonly severity: Severity }>
  /** Rising. */
  readonly times: Readonly<Record<TimeChange['time'], readonly number[]>>
}

type Severity = CheckResult['severity']

/**
 * Compares the exchanges of two folders, by what checks find in them and by what callers heard.
 *
 * @throws SoundcheckError for a folder without exchanges.
 */
export async function compareCalls(first: string, second: string): Promise<CallsComparison> {
  const [before, after] = [await readCalls(first), await readCalls(second)]
  const checks = new Set([...before.found.keys(), ...after.found.keys()])
  return {
    calls: [before.count, after.count],
    findings: [...checks].toSorted().map((check): FindingsChange => {
      const found = [before, after].map((calls) => calls.found.get(check))
      return {
        check,
        severity: (found[1] ?? found[0])!.severity,
        calls: [found[0]?.calls ?? 0, found[1]?.calls ?? 0],
      }
    }),
    times: TIMES.flatMap((time) =>
      ([50, 95] as const).map((percentile): TimeChange => ({
        time,
        percentile,
        ms: [
          percentileOf(before.times[time], percentile),
          percentileOf(after.times[time], percentile),
        ],
      })),
    ),
  }
}

const TIMES: readonly TimeChange['time'][] = ['first content', 'first sentence', 'dead air']

async function readCalls(folder: string): Promise<Calls> {
  const exchanges = (await readExchanges([folder])).flatMap((each) =>
    'exchange' in each ? [each.exchange] : [],
  )
  const heard = exchanges.map((exchange) => hear(exchange)).filter(({ text }) => text !== '')
  const rising = (times: readonly (number | null)[]) =>
    times.filter((time) => time !== null).toSorted((a, b) => a - b)
  return {
    count: exchanges.length,
    found: await findingsIn(folder),
    times: {
      'first content': rising(heard.map(({ firstContentMs }) => firstContentMs)),
      'first sentence': rising(heard.map(({ firstSentenceMs }) => firstSentenceMs)),
      'dead air': rising(heard.map(({ deadAirMs }) => deadAirMs)),
    },
  }
}

async function findingsIn(folder: string): Promise<Calls['found']> {
  const { files } = await lintInSlices(new Linter(), await readSaved([folder]), onInterrupt())
  const found = new Map<string, { calls: number; severity: Severity }>()
  for (const { checks } of files) {
    for (const { id, status, severity } of checks) {
      if (status !== 'fail') continue
      found.set(id, { calls: (found.get(id)?.calls ?? 0) + 1, severity })
    }
  }
  return found
}

/** By the nearest rank. */
function percentileOf(rising: readonly number[], percentile: number): number | null {
  return rising[Math.max(0, Math.ceil((percentile / 100) * rising.length) - 1)] ?? null
}
