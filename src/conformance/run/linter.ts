import { redactorFor, TOOL } from '../../endpoint/index.ts'
import { type Dialect, dialectOfType, spokenIn, spokenInBody } from '../../protocol/index.ts'
import { type Exchange, readHead } from '../../wire/index.ts'
import type { Check } from '../check/define-check.ts'
import { DEFAULT_LIMITS } from '../check/limits.ts'
import { Evidence } from '../evidence/evidence.ts'
import { conclude, type Conclusion } from '../judge/conclude.ts'
import { Docket } from '../judge/docket.ts'
import { judgeInSteps } from '../judge/judge.ts'
import type { Judgement, ProbeResult } from '../judge/judgement.ts'
import { toEnd } from '../judge/to-end.ts'
import { type FailOn, verdictOf } from '../judge/verdict-of.ts'
import { worstVerdict } from '../judge/worst-verdict.ts'
import { isProbeId } from '../probe-ids.ts'
import type { CheckResult } from '../result/check-result-schema.ts'
import type { LintReport } from '../result/lint-report-schema.ts'
import { addSummaries, summarize } from '../result/summarize.ts'
import { resultTeller, type ResultTeller } from '../result/result-teller.ts'
import { perDialect } from './per-dialect.ts'
import { dialectOf, type Plan, planChecks, type Policy } from './plan-checks.ts'

/** Something saved: an exchange, the bare body of an answer, or what could not be read, and why. */
export type Saved = Legible | { readonly file: string; readonly unreadable: string }

type Legible =
  | { readonly file: string; readonly exchange: Exchange }
  | { readonly file: string; readonly body: Uint8Array }

/**
 * How what was saved is judged.
 *
 * @example
 * { profile: 'openai', only: ['sse'], failOn: 'warning' }
 */
export interface LintOptions extends Policy {
  /**
   * The lowest severity that makes the verdict `fail`.
   *
   * @defaultValue 'error'
   */
  readonly failOn?: FailOn
}

/**
 * Judges what was saved, by the checks of a live run, each file for itself. Those of our probes in one
 * folder are compared with each other, as those of one run are.
 *
 * What the policy tells beforehand is known once, for however much is judged by it.
 */
export class Linter {
  readonly #options: LintOptions
  readonly #courtFor: (dialect: Dialect) => Court

  /** @throws SoundcheckError for a policy that makes no sense. */
  constructor(options: LintOptions = {}) {
    this.#options = options
    this.#courtFor = perDialect((dialect) => courtOf(planChecks({ ...options, dialect })))
    this.#courtFor(dialectOf(options))
  }

  lint(saved: readonly Saved[]): LintReport {
    return toEnd(this.inSteps(saved))
  }

  /** A step at a time. Where it is not told to go on, what is left stays unjudged. */
  *inSteps(saved: readonly Saved[]): Generator<undefined, LintReport, boolean> {
    const startedAt = new Date()
    const start = performance.now()
    // Bodies have nothing in common, and go one by one; so do those of different dialects.
    const runs = Map.groupBy(saved.filter(isLegible), (each) =>
      'body' in each ? each : `${this.#dialectOf(each).id} ${each.file.replace(/[^/\\]*$/, '')}`,
    )
    const files: LintedFile[] = []
    for (const together of runs.values()) {
      const dialect = this.#dialectOf(together[0]!)
      const { docket, columns } = this.#courtFor(dialect)
      if (columns.length === 0) {
        files.push(...together.map(({ file }) => unjudged(file, whyNoCheck(dialect))))
        continue
      }
      const evidence = together.map((each) => toEvidence(each, dialect))
      const judgements = yield* judgeInSteps(docket, evidence.map(toProbeResult))
      const shares = evidence.length === 1 ? undefined : judgements.map(byEvidence)
      for (const [i, { file }] of together.entries()) {
        yield
        const each = evidence[i]!
        const own = shares ? shares.map((share) => share.get(each) ?? []) : judgements
        files.push({ file, ...reportOn(each, own, columns, this.#options.failOn) })
      }
      for (const each of evidence) each.forget()
    }
    for (const each of saved) {
      if (!isLegible(each)) files.push(unjudged(each.file, each.unreadable))
    }
    return {
      schemaVersion: 1,
      tool: TOOL,
      startedAt: startedAt.toISOString(),
      durationMs: Math.round(performance.now() - start),
      verdict: worstVerdict(files.map(({ verdict }) => verdict)),
      summary: addSummaries(files.map(({ summary }) => summary)),
      files,
    }
  }

  #dialectOf(saved: Legible): Dialect {
    return dialectIn(this.#options) ?? dialectSaved(saved)
  }
}

/** What judges answers of one dialect, and what reports tell of it. */
interface Court {
  readonly docket: Docket
  readonly columns: readonly Column[]
}

function courtOf(plan: Plan): Court {
  return {
    docket: new Docket(plan.judged, DEFAULT_LIMITS),
    columns: plan.told.map((check) => columnOf(check, plan)),
  }
}

/** The one that was asked for, if any. */
function dialectIn({ dialect, apiType }: LintOptions): Dialect | undefined {
  return dialect ?? (apiType && dialectOfType(apiType))
}

/** The one that it shows. */
function dialectSaved(saved: Legible): Dialect {
  return 'body' in saved ? spokenInBody(saved.body) : spokenIn(saved.exchange)
}

type LintedFile = LintReport['files'][number]

/** What all reports tell of one check. */
interface Column {
  readonly check: Check
  /** Its place among those that judge; `undefined` for one that does not. */
  readonly at: number | undefined
  readonly reasonToSkip: string | undefined
  /** Whether it can fail a file. */
  readonly binds: boolean
  readonly tell: ResultTeller
}

function columnOf(check: Check, { judged, skipped, binds }: Plan): Column {
  return {
    check,
    at: skipped.has(check) ? undefined : judged.indexOf(check),
    reasonToSkip: skipped.get(check),
    binds: binds(check),
    tell: resultTeller(),
  }
}

/** `judgements` are those of the file, by the place of the check. */
function reportOn(
  evidence: Evidence,
  judgements: readonly (readonly Judgement[])[],
  columns: readonly Column[],
  failOn: FailOn = 'error',
): Omit<LintedFile, 'file'> {
  const redact = redactorFor(evidence.exchange?.request)
  const binding: Conclusion[] = []
  const results: CheckResult[] = []
  for (const { check, at, reasonToSkip, binds, tell } of columns) {
    const own = at === undefined ? [] : judgements[at]!
    const conclusion = conclude(check, own, reasonToSkip)
    results.push(tell(conclusion, redact))
    if (binds) binding.push(conclusion)
  }
  return { ...verdictOf(binding, failOn), summary: summarize(results), checks: results }
}

function isLegible(saved: Saved): saved is Legible {
  return !('unreadable' in saved)
}

function unjudged(file: string, reason: string): LintedFile {
  const nothing = { summary: summarize([]), checks: [] }
  return { file, verdict: 'inconclusive', reasons: [reason], ...nothing }
}

function whyNoCheck({ path, title }: Dialect): string {
  return `no check that was chosen judges ${path} (${title})`
}

function toEvidence(saved: Legible, dialect: Dialect): Evidence {
  if ('exchange' in saved) return Evidence.ofExchange(saved.exchange, undefined, dialect)
  const refusal = refusalIn(saved.body)
  return refusal
    ? Evidence.ofExchange(refusal, undefined, dialect)
    : Evidence.ofBody(saved.file, saved.body, dialect)
}

/** What `curl -i` saves of a request that was not answered: of a reply, times would have to be known, too. */
function refusalIn(bytes: Uint8Array): Exchange | undefined {
  const { head, body } = readHead(bytes) ?? {}
  if (!head || !body || head.status < 300) return undefined
  return {
    id: 'curl',
    probe: 'curl',
    startedAt: new Date(0).toISOString(),
    connectMs: null,
    request: { method: 'POST', url: '', headers: [], body: null },
    response: head,
    arrivals: [{ atMs: 0, bytes: body }],
    decoded: null,
    end: { how: 'complete', atMs: 0 },
  }
}

function toProbeResult(evidence: Evidence): ProbeResult {
  const { probe, exchange } = evidence
  return { probe: exchange && isProbeId(probe) ? probe : undefined, evidence: [evidence] }
}

type ByEvidence = ReadonlyMap<Evidence, readonly Judgement[]>

/** What was judged on each exchange; of a comparison, what it shows. */
function byEvidence(judgements: readonly Judgement[]): ByEvidence {
  const known = new Map<Evidence, Judgement[]>()
  for (const judgement of judgements) {
    for (const evidence of judgement.on) {
      const own = known.get(evidence)
      const part = partOn(evidence, judgement)
      if (own) own.push(part)
      else known.set(evidence, [part])
    }
  }
  return known
}

function partOn(evidence: Evidence, judgement: Judgement): Judgement {
  if (judgement.status !== 'observed' || judgement.on.length === 1) return judgement
  const observations = judgement.observations.filter((each) => each.evidence === evidence)
  return { ...judgement, observations }
}
