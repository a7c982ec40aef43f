import type { Exchange } from '../../wire/index.ts'
import { checks } from '../checks/index.ts'
import { Evidence } from '../evidence/evidence.ts'
import { conclude } from '../judge/conclude.ts'
import { judge, type Judgement, type ProbeResult } from '../judge/judge.ts'
import { selectChecks, type Selection } from '../judge/select-checks.ts'
import { type FailOn, type Verdict, verdictOf } from '../judge/verdict-of.ts'
import { isProbeId } from '../probes/define-probe.ts'
import type { LintReport } from '../result/lint-report-schema.ts'
import { addSummaries, summarize } from '../result/summarize.ts'
import { toCheckResult } from '../result/to-check-result.ts'
import { TOOL } from '../tool.ts'

/** Something saved: an exchange, or the bare body of an answer. */
export type Saved =
  | { readonly file: string; readonly exchange: Exchange }
  | { readonly file: string; readonly body: Uint8Array }

export interface LintOptions extends Selection {
  /** The lowest severity that makes the verdict `fail`; `error` when absent. */
  readonly failOn?: FailOn
}

/**
 * Judges what was saved, by the checks of a live run. Exchanges of one folder are compared with each
 * other, as those of one run are.
 *
 * @throws SoundcheckError for a glob that matches no check.
 */
export function lint(saved: readonly Saved[], options: LintOptions = {}): LintReport {
  const selected = selectChecks(checks, options)
  const { failOn = 'error' } = options
  const startedAt = new Date()
  const start = performance.now()
  const folders = Map.groupBy(saved, ({ file }) => file.replace(/[^/\\]*$/, ''))
  const files = [...folders.values()].flatMap((together) => {
    const evidence = together.map(toEvidence)
    const judgements = judge(selected, evidence.map(toProbeResult))
    return together.map(({ file }, i) => {
      const conclusions = selected.map((check) =>
        conclude(check, judgementsOn(evidence[i], judgements.get(check) ?? [])),
      )
      const results = conclusions.map((conclusion) => toCheckResult(conclusion))
      return {
        file,
        ...verdictOf(conclusions, failOn),
        summary: summarize(results),
        checks: results,
      }
    })
  })
  return {
    schemaVersion: 1,
    tool: TOOL,
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(performance.now() - start),
    verdict: worstOf(files.map(({ verdict }) => verdict)),
    summary: addSummaries(files.map(({ summary }) => summary)),
    files,
  }
}

function toEvidence(saved: Saved): Evidence {
  return 'body' in saved
    ? Evidence.ofBody(saved.file, saved.body)
    : Evidence.ofExchange(saved.exchange)
}

function toProbeResult(evidence: Evidence): ProbeResult {
  const { probe, exchange } = evidence
  return { probe: exchange && isProbeId(probe) ? probe : undefined, evidence: [evidence] }
}

/** What was judged on one exchange; of a comparison, what it shows. */
function judgementsOn(
  evidence: Evidence | undefined,
  judgements: readonly Judgement[],
): Judgement[] {
  return judgements
    .filter(({ on }) => evidence !== undefined && on.includes(evidence))
    .map((judgement) =>
      judgement.status === 'observed'
        ? {
            ...judgement,
            observations: judgement.observations.filter((each) => each.evidence === evidence),
          }
        : judgement,
    )
}

function worstOf(verdicts: readonly Verdict[]): Verdict {
  const worstFirst: readonly Verdict[] = ['fail', 'inconclusive', 'pass']
  return worstFirst.find((verdict) => verdicts.includes(verdict)) ?? 'inconclusive'
}
