import type { BenchReport } from './bench-report-schema.ts'

/** Why a run ended before its time, as its report says it. */
export const CUT_SHORT = {
  interrupted: 'the run was interrupted',
  errors: 'too many requests failed, so the run was stopped',
  behind:
    'answers came in faster than this machine can judge them, so the run was stopped: lower the load, or spread it with --shard',
} as const

export type CutShort = keyof typeof CUT_SHORT

/** Says why a run ended before its time; `null` for one that did not. */
export function cutShortBy({ reasons }: Pick<BenchReport, 'reasons'>): CutShort | null {
  const causes = Object.keys(CUT_SHORT) as CutShort[]
  return causes.find((cause) => reasons.includes(CUT_SHORT[cause])) ?? null
}
