/** What the instrument knows of itself; times in milliseconds. */
export interface InstrumentReading {
  /** From an event being sent to its stamp. */
  readonly addedP50: number
  readonly addedP99: number
  /** What the instrument adds to a time to first text. */
  readonly ttftErrorP50: number
  readonly ttftErrorP99: number
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

/** Judges the instrument; `budgetMs` is the tightest bound on a first moment, if there is one. */
export function judgeInstrument(
  {
    eventLoopUtilization,
    ttftErrorP99,
  }: Pick<InstrumentReading, 'eventLoopUtilization' | 'ttftErrorP99'>,
  budgetMs: number | null,
): { readonly verdict: InstrumentVerdict; readonly reasons: readonly string[] } {
  const percent = `${Math.round(eventLoopUtilization * 100)} %`
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
  if (budgetMs !== null && ttftErrorP99 > budgetMs * VOID_PART_OF_BUDGET) {
    verdict = 'void'
    reasons.push(
      `the instrument adds up to ${ttftErrorP99.toFixed(1)} ms (p99), more than a tenth of the ${budgetMs} ms budget: use an idler machine, or a lower load`,
    )
  }
  return { verdict, reasons }
}
