import type { Exchange } from '../wire/index.ts'
import { checks } from './checks/index.ts'
import { summarize, toCheckResult } from './check-result.ts'
import { Evidence } from './evidence.ts'
import { judge, type ProbeResult } from './judge.ts'
import { isProbeId } from './probe.ts'
import type { LintReport, Summary, Verdict } from './report-schema.ts'
import { selectChecks, type Selection } from './select.ts'
import { TOOL } from './tool.ts'
import { type FailOn, verdictOf } from './verdict.ts'

/** Something saved: an exchange, or the bare body of an answer. */
export type Saved =
  | { readonly file: string; readonly exchange: Exchange }
  | { readonly file: string; readonly body: Uint8Array }

export interface LintOptions extends Selection {
  readonly failOn?: FailOn
}

/**
 * Judges what was saved, each file by itself, by the checks of a live run.
 *
 * @throws InvalidOptionError for a glob that names no check.
 */
export function lint(saved: readonly Saved[], options: LintOptions = {}): LintReport {
  const selected = selectChecks(checks, options)
  const failOn = options.failOn ?? 'error'
  const startedAt = new Date()
  const clock = performance.now()
  const files = saved.map((each) => {
    const result = toProbeResult(each)
    const results = judge(selected, [result]).map(toCheckResult)
    return {
      file: each.file,
      verdict: verdictOf(results, [result], failOn),
      summary: summarize(results),
      checks: results,
    }
  })
  return {
    schemaVersion: 1,
    tool: TOOL,
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(performance.now() - clock),
    verdict: worstOf(files.map(({ verdict }) => verdict)),
    summary: addUp(files.map(({ summary }) => summary)),
    files,
  }
}

function toProbeResult(saved: Saved): ProbeResult {
  if ('body' in saved) {
    return { probe: undefined, evidence: [Evidence.ofBody(saved.file, saved.body)] }
  }
  const { probe } = saved.exchange
  return {
    probe: isProbeId(probe) ? probe : undefined,
    evidence: [Evidence.ofExchange(saved.exchange)],
  }
}

function worstOf(verdicts: readonly Verdict[]): Verdict {
  const worstFirst: readonly Verdict[] = ['fail', 'inconclusive', 'pass']
  return worstFirst.find((verdict) => verdicts.includes(verdict)) ?? 'inconclusive'
}

function addUp(summaries: readonly Summary[]): Summary {
  const total = (count: keyof Summary) =>
    summaries.reduce((sum, summary) => sum + summary[count], 0)
  return {
    pass: total('pass'),
    fail: total('fail'),
    skip: total('skip'),
    inconclusive: total('inconclusive'),
    errors: total('errors'),
    warnings: total('warnings'),
    infos: total('infos'),
  }
}
