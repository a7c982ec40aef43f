import type { BenchReport } from '../../bench/index.ts'
import { coldText } from '../measurements/cold-text.ts'
import { failuresText } from '../measurements/failures-text.ts'
import { instrumentText } from '../measurements/instrument-text.ts'
import { percent } from '../text/percent.ts'
import { planText } from '../measurements/plan-text.ts'
import { proxyText } from '../text/proxy-text.ts'
import { seenFailures } from '../measurements/seen-failures.ts'
import { unfinishedText } from '../measurements/unfinished-text.ts'
import { whyNotHeld } from '../measurements/why-not-held.ts'
import { showActual } from '../measurements/show-actual.ts'
import { distribution } from './distribution.ts'
import { type Fact, factsList } from './facts-list.ts'
import { type Markup, markup, prose } from './markup.ts'
import { metricsTable } from './metrics-table.ts'
import { page } from './page.ts'
import { voiceTimeline } from './voice-timeline.ts'

/** What a caller notices most. */
const DRAWN = ['ttft', 'ttfs', 'dead_air', 'icl'] as const

/** The report of `bench` as a page. */
export function benchPage(report: BenchReport): string {
  const { target, verdict, tool } = report
  return page({
    title: `soundcheck bench: ${verdict}, ${target.url}`,
    heading: 'soundcheck bench',
    facts: factsList([
      ['started', report.startedAt],
      ['plan', planText(report)],
      ['model', target.model ?? 'none asked for'],
      ...(target.proxy ? [['sent', proxyText(target)] as const] : []),
    ]),
    main: [verdictSection(report), deadAirSection(report), figuresSection(report)],
    tool,
  })
}

function verdictSection(report: BenchReport): Markup {
  const { target, verdict, budgets } = report
  return markup`<section>
<h2><span class="verdict ${verdict}">${verdict}</span> <code>${target.url}</code></h2>
${whyNotHeld(report).map((why) => markup`<p>${verdict === 'pass' ? 'But' : 'Because'} ${prose(why)}.</p>`)}
${budgets.length === 0 ? '' : budgetsTable(budgets)}
${factsList(requestFacts(report))}
${seenFailures(report).map((text) => markup`<p>${prose(text)}</p>`)}
</section>`
}

function budgetsTable(budgets: BenchReport['budgets']): Markup {
  return markup`<h3>Budgets</h3>
<div class="scroll" tabindex="0" role="region" aria-label="Budgets"><table class="figures">
<thead><tr><th scope="col">budget</th><th scope="col" class="number">is</th><th scope="col">verdict</th><th scope="col">why</th></tr></thead>
<tbody>
${budgets.map(
  (budget) =>
    markup`<tr><th scope="row"><code>${budget.expression}</code></th><td class="number">${showActual(budget)}</td><td><span class="badge ${budget.verdict}">${budget.verdict}</span></td><td class="definition">${prose(budget.reason ?? '')}</td></tr>
`,
)}</tbody></table></div>`
}

function requestFacts(report: BenchReport): Fact[] {
  const { requests, goodput, budgets, cold, instrument } = report
  const { attempted, ok, cancelled, unfinished, chained, perSecond, judged, coalescedEvents } =
    requests
  const failed = failuresText(report)
  const opened = coldText(cold)
  const facts: Fact[] = [
    ['requests', `${attempted}, ${perSecond.toFixed(1)}/s`],
    [
      'good',
      `${ok}${attempted === 0 ? '' : `, availability ${percent(ok / attempted)}`}${judged ? '; each stream was held against the contract' : ''}`,
    ],
    ['failed', failed === '' ? 'none' : markup`<span class="bad">${failed}</span>`],
  ]
  if (budgets.length > 0 && goodput.fraction !== null) {
    facts.push([
      'within all budgets',
      `${percent(goodput.fraction)}, ${goodput.perSecond.toFixed(1)}/s`,
    ])
  }
  if (cancelled > 0) facts.push(['hung up on purpose', `${cancelled}`])
  if (unfinished) facts.push(['interrupted', unfinishedText(unfinished)])
  if (chained !== undefined) facts.push(['went on from the answer before', `${chained}`])
  facts.push(
    ['new connections', opened === '' ? 'none' : opened],
    ['instrument', `${instrument.verdict}: ${instrumentText(instrument)}`],
    ['coalesced', `${percent(coalescedEvents)} of events shared a read with the one before`],
  )
  return facts
}

function deadAirSection({ deadAirExample, metrics }: BenchReport): Markup {
  if (metrics.dead_air.count === 0) return markup``
  return markup`<section>
<h2>Dead air</h2>
${
  deadAirExample
    ? markup`<p>Of all good answers, this one has the most.</p>
${voiceTimeline(deadAirExample)}`
    : markup`<p>No voice fell silent within an answer.</p>`
}
</section>`
}

function figuresSection({ metrics, budgets }: BenchReport): Markup {
  const drawn = DRAWN.filter((name) => (metrics[name].sample ?? []).length > 0)
  return markup`<section>
${
  drawn.length === 0
    ? ''
    : markup`<h2>Distributions</h2>
<p class="hint">A curve tells below which value so many percent lie; each further 9 has as much room as the one before. A dashed line is the bound of a budget, and a diamond the percentile that has to keep it.</p>
${drawn.map((name) => distribution(name, metrics[name], budgets))}`
}
<h2>Metrics</h2>
${metricsTable(metrics)}
</section>`
}
