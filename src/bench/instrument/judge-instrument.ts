import type { BusyMachine } from './busy-machine.ts'

/** What the instrument knows of itself; times in milliseconds, `null` where no answer of its own came back. */
export interface InstrumentReading {
  /** From an event being sent to its stamp. */
  readonly addedP50: number | null
  readonly addedP99: number | null
  /** What the instrument adds to a time to first text. */
  readonly ttftErrorP50: number | null
  readonly ttftErrorP99: number | null
  /** Of the busiest thread that measured. */
  readonly eventLoopUtilization: number
  readonly gcMs: number
  readonly threads: number
}

export type InstrumentVerdict = 'ok' | 'warn' | 'void'

const WARN_UTILIZATION = 0.6
const VOID_UTILIZATION = 0.85
/** The largest part of a budget that may be error. */
const VOID_PART_OF_BUDGET = 0.1

/**
 * Judges the instrument; `budgetMs` is the tightest bound on a first moment, if there is one. One that
 * was not measured is taken to add nothing.
 */
export function judgeInstrument(
  {
    calibrated,
    eventLoopUtilization,
    ttftErrorP99,
    busy,
  }: Pick<InstrumentReading, 'eventLoopUtilization' | 'ttftErrorP99'> & {
    readonly calibrated: boolean
    readonly busy?: BusyMachine
  },
  budgetMs: number | null,
): { readonly verdict: InstrumentVerdict; readonly reasons: readonly string[] } {
  const percent = percentOf(eventLoopUtilization)
  const reasons: string[] = []
  let verdict: InstrumentVerdict = 'ok'
  if (eventLoopUtilization > VOID_UTILIZATION) {
    verdict = 'void'
    reasons.push(
      `the measuring threads were busy for ${percent} of the time; above 85 % their stamps are late: lower the load, or spread it with --shard`,
    )
  } else if (eventLoopUtilization > WARN_UTILIZATION) {
    verdict = 'warn'
    reasons.push(
      `the measuring threads were busy for ${percent} of the time; above 60 % stamps begin to be late`,
    )
  }
  if (busy) {
    if (verdict === 'ok') verdict = 'warn'
    reasons.push(
      `for ${percentOf(busy.share)} of the run no core of this machine was idle, and the measuring threads then woke up to ${busy.wokeLateP99.toFixed(1)} ms late (p99), so moments may be stamped late by as much: end other work and measure again, or use an idler machine`,
    )
  }
  if (calibrated && ttftErrorP99 === null) {
    verdict = 'void'
    reasons.push(
      'the instrument got none of its own answers back in time, so what it adds is not known: use an idler machine, or a lower load',
    )
  }
  if (budgetMs !== null && ttftErrorP99 !== null && ttftErrorP99 > budgetMs * VOID_PART_OF_BUDGET) {
    verdict = 'void'
    reasons.push(
      `the instrument adds up to ${ttftErrorP99.toFixed(1)} ms (p99), more than a tenth of the ${budgetMs} ms budget: use an idler machine, or a lower load`,
    )
  }
  return { verdict, reasons }
}

function percentOf(share: number): string {
  return `${Math.round(share * 100)} %`
}
