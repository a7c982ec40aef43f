import type { CheckResult } from '../../conformance/index.ts'
import { budgetText } from '../verdicts/budget-text.ts'
import { groupCounts } from '../verdicts/group-counts.ts'
import type { Suite } from '../verdicts/suites.ts'
import { summaryText } from '../verdicts/summary-text.ts'
import { worstFirst } from '../verdicts/worst-first.ts'
import { failureSection } from './failure.ts'
import { type Markup, markup, prose } from './markup.ts'

/** An endpoint or a file: its verdict, its failures, and all its checks. */
export function suiteSection(suite: Suite): Markup {
  const { name, verdict, reasons, warnings, summary, checks, budgets, known } = suite
  const failures = worstFirst(checks)
  return markup`<section>
<h2><span class="verdict ${verdict}">${verdict}</span> <code>${name}</code></h2>
<p>${summaryText(summary)}.</p>
${reasons.map((reason) => markup`<p>Because ${reason}.</p>`)}
${warnings.map((warning) => markup`<p><span class="badge warning">warning</span> ${prose(warning)}</p>`)}
${budgets.map((budget) => markup`<p><span class="badge ${budget.verdict}">${budget.verdict}</span> <code>${budget.expression}</code>: ${budgetText(budget)}</p>`)}
${known.map(({ id, probe, reason }) => markup`<p><span class="badge">known</span> <code>${id}</code> on <code>${probe}</code>: ${prose(reason)}</p>`)}
${failures.length === 0 ? '' : markup`<h3>Failed</h3>${failures.map(failureSection)}`}
<h3>All checks</h3>
${groupCounts(checks).map(({ group }) => groupTable(group, checks))}
</section>`
}

function groupTable(group: string, checks: readonly CheckResult[]): Markup {
  const own = checks.filter(({ id }) => id.startsWith(`${group}/`))
  const counts = groupCounts(own)[0]!
  const told = (['pass', 'fail', 'inconclusive', 'skip'] as const)
    .filter((status) => counts[status] > 0)
    .map((status) => `${counts[status]} ${WORD[status]}`)
    .join(', ')
  const isOpen = counts.pass < own.length
  return markup`<details class="group"${isOpen ? markup` open` : ''}>
<summary><b>${group}</b> ${told}</summary>
<div class="scroll" tabindex="0" role="region" aria-label="${group}"><table>
<thead><tr><th scope="col">result</th><th scope="col">check</th><th scope="col">rule</th></tr></thead>
<tbody>
${own.map(
  ({ id, title, status, severity, reason }) =>
    markup`<tr><td class="status ${status} ${severity}">${WORD[status]}</td><td><code>${id}</code></td><td>${prose(title)}${reason === null ? '' : markup` <span class="reason">(${prose(reason)})</span>`}</td></tr>
`,
)}</tbody></table></div>
</details>`
}

const WORD: Record<CheckResult['status'], string> = {
  pass: 'passed',
  fail: 'failed',
  inconclusive: 'inconclusive',
  skip: 'skipped',
}
