import { type CheckResult, joinLintReports, type LintReport } from '../../conformance/index.ts'

type File = LintReport['files'][number]

/** Nobody copies a command of many lines; what was saved can be sent again. */
const LONGEST_COMMAND = 1_000
/** Of a check; those that follow are told without what was seen of the stream. */
const MOST_SHOWN = 100
/** Of those that are over it, the ones that passed go first. */
const MOST_EXCHANGES = 10_000

/** Gathers what was found in exchanges for one report. What they have in common, nearly all, is kept once. */
export class GatheredReport {
  readonly #reports: LintReport[] = []
  readonly #known = new Map<string, unknown>()
  /** In how many exchanges each check failed. */
  readonly #failed = new Map<string, number>()
  readonly #most: number
  #left = 0

  constructor(most = MOST_EXCHANGES) {
    this.#most = most
  }

  add(report: LintReport): void {
    this.#reports.push({ ...report, files: report.files.map((file) => this.#slim(file)) })
    if (this.#reports.length <= this.#most) return
    const passed = this.#reports.findIndex(({ verdict }) => verdict === 'pass')
    this.#reports.splice(Math.max(0, passed), 1)
    this.#left++
  }

  /** How many exchanges are not in the report, since others took their place. */
  get left(): number {
    return this.#left
  }

  /** `undefined` as long as there is nothing to report. */
  join(): LintReport | undefined {
    return this.#reports.length === 0 ? undefined : joinLintReports(this.#reports)
  }

  #slim(file: File): File {
    const checks = file.checks.map((result) => this.#slimResult(result))
    const isClean = checks.every(({ findings }) => findings.length === 0)
    const gist = () => checks.map(({ id, status, reason }) => [id, status, reason])
    return {
      ...file,
      summary: this.#once(file.summary),
      checks: isClean ? this.#once(checks, JSON.stringify(gist())) : checks,
    }
  }

  #slimResult(result: CheckResult): CheckResult {
    const { id, findings, advice } = result
    if (findings.length === 0) return this.#once(result)
    const before = this.#failed.get(id) ?? 0
    this.#failed.set(id, before + 1)
    const isShown = before < MOST_SHOWN
    return {
      ...result,
      advice: this.#once(advice),
      findings: findings.map((finding) => ({
        ...finding,
        excerpt: isShown ? finding.excerpt : null,
        repeat: isShown && !isLong(finding.repeat) ? finding.repeat : null,
      })),
    }
  }

  /** What is the same as something known, as that. */
  #once<T>(value: T, key = JSON.stringify(value)): T {
    const known = this.#known.get(key)
    if (known !== undefined) return known as T
    this.#known.set(key, value)
    return value
  }
}

function isLong(command: string | null): boolean {
  return (command?.length ?? 0) > LONGEST_COMMAND
}
