import { beforeEach } from 'vitest'
import { type CheckFinding, findingsIn, Linter, type LintOptions } from '../conformance/index.ts'
import { type Passed, type RunningTap, startTap } from '../tap/index.ts'

export interface TapOfTestOptions extends LintOptions {
  /** The server URL of the endpoint, or what gives it once that runs. */
  readonly upstream: string | (() => string | Promise<string>)
}

/** A tap that lasts for each test by turns. */
export interface TapOfTest {
  /** What to ask in place of the endpoint. */
  readonly url: string
  /** What has passed in this test, in the order in which it ended. */
  readonly passed: readonly Passed<CheckFinding>[]
  /** What was found in it. */
  readonly findings: readonly CheckFinding[]
  /** Resolves when all that is over has been judged; connections that are open are broken off. */
  settled(): Promise<void>
}

const CONCURRENT =
  'the tap of useTap is taken: it lasts for one test at a time, and this one runs beside another. ' +
  'Start a tap within each concurrent test, with startTap(), or run these tests in turn: ' +
  'describe(name, { concurrent: false }, ...).'

/**
 * Gives each test of a file, or of a `describe`, a tap of its own before an endpoint. Tests that run
 * concurrently fail, and need taps of their own.
 */
export function useTap({ upstream, ...policy }: TapOfTestOptions): TapOfTest {
  const linter = new Linter(policy)
  let taken = false
  let running: RunningTap | undefined
  let passed: Passed<CheckFinding>[] = []
  beforeEach(async () => {
    if (taken) throw new Error(CONCURRENT)
    taken = true
    const own: Passed<CheckFinding>[] = []
    passed = own
    try {
      running = await startTap<CheckFinding>({
        upstream: typeof upstream === 'string' ? upstream : await upstream(),
        judge: async (exchange) => findingsIn(linter.lint([{ file: exchange.id, exchange }])),
        onExchange: (each) => own.push(each),
      })
    } catch (error) {
      taken = false
      throw error
    }
    const tap = running
    return async () => {
      running = undefined
      taken = false
      await tap.close()
    }
  })
  const current = () => {
    if (running) return running
    throw new Error('the tap runs during tests only: use it within a test or a beforeEach')
  }
  return {
    get url() {
      return current().url
    },
    get passed() {
      return passed
    },
    get findings() {
      return passed.flatMap(({ findings }) => findings)
    },
    settled: () => current().close(),
  }
}
