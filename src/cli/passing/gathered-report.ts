import {
  type CheckResult,
  countFiles,
  joinLintReports,
  type LintReport,
} from '../../conformance/index.ts'
import { BOUNDS } from '../../wire/index.ts'

/** Nobody copies a command of many lines; what was saved can be sent again. */
const LONGEST_COMMAND = 1_000

interface Bounds {
  readonly told: number
  readonly alike: number
}

interface Told {
  readonly report: LintReport
  /** What was found in it, and why it could not be judged. */
  readonly kinds: readonly string[]
}

/** Gathers what was found in exchanges for one report: the first of each kind whole, all others as counts. */
export class GatheredReport {
  readonly #bounds: Bounds
  readonly #told: Told[] = []
  #counted: LintReport | undefined

  constructor(bounds: Bounds = BOUNDS.tap) {
    this.#bounds = bounds
  }

  /** Takes the report of one exchange. */
  add(report: LintReport): void {
    const kinds = kindsIn(report)
    if (!this.#isNews(kinds)) return this.#count(report)
    this.#told.push({ report: withShortCommands(report), kinds })
    if (this.#told.length > this.#bounds.told) this.#count(this.#takeLeastTelling())
  }

  /** `undefined` as long as there is nothing to report. */
  join(): LintReport | undefined {
    const reports = [...this.#told.map(({ report }) => report), ...listOf(this.#counted)]
    return reports.length === 0 ? undefined : joinLintReports(reports)
  }

  #isNews(kinds: readonly string[]): boolean {
    return kinds.length === 0
      ? this.#told.length < this.#bounds.told
      : toldAlike(kinds, this.#timesTold()) < this.#bounds.alike
  }

  #takeLeastTelling(): LintReport {
    const times = this.#timesTold()
    const alike = this.#told.map(({ kinds }) => toldAlike(kinds, times))
    const [least] = this.#told.splice(alike.lastIndexOf(Math.max(...alike)), 1)
    return least!.report
  }

  /** In how many of those that are told each kind is found. */
  #timesTold(): ReadonlyMap<string, number> {
    const times = new Map<string, number>()
    for (const kind of this.#told.flatMap(({ kinds }) => kinds)) {
      times.set(kind, (times.get(kind) ?? 0) + 1)
    }
    return times
  }

  #count(report: LintReport): void {
    this.#counted = joinLintReports([...listOf(this.#counted), countFiles(report)])
  }
}

/** How often the rarest of these is told; what is well is told often enough. */
function toldAlike(kinds: readonly string[], times: ReadonlyMap<string, number>): number {
  return Math.min(...kinds.map((kind) => times.get(kind) ?? 0))
}

function kindsIn({ files }: LintReport): string[] {
  return files.flatMap(({ checks, reasons }) => [
    ...checks.flatMap(({ id, severity, status }) => (status === 'fail' ? `${id} ${severity}` : [])),
    ...reasons,
  ])
}

function withShortCommands(report: LintReport): LintReport {
  const files = report.files.map((file) => ({ ...file, checks: file.checks.map(shortened) }))
  return { ...report, files }
}

function shortened(result: CheckResult): CheckResult {
  if (result.findings.length === 0) return result
  const isLong = (command: string | null) => (command?.length ?? 0) > LONGEST_COMMAND
  const findings = result.findings.map((finding) =>
    isLong(finding.repeat) ? { ...finding, repeat: null } : finding,
  )
  return { ...result, findings }
}

function listOf<T>(value: T | undefined): T[] {
  return value === undefined ? [] : [value]
}
