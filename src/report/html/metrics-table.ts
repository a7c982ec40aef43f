import type { BenchReport } from '../../bench/index.ts'
import { showNumber } from '../text/show-quantity.ts'
import { type Markup, markup } from './markup.ts'

const FIGURES = ['mean', 'p50', 'p90', 'p95', 'p99', 'max'] as const

/** All metrics, each with what it means. */
export function metricsTable(metrics: BenchReport['metrics']): Markup {
  const heads = ['count', ...FIGURES].map(
    (name) => markup`<th scope="col" class="number">${name}</th>`,
  )
  const rows = Object.entries(metrics).map(
    ([name, metric]) =>
      markup`<tr><th scope="row"><code>${name}</code></th><td class="definition">${metric.definition}${metric.elevenLabs === undefined ? '' : markup` <span class="hint">(ElevenLabs: <code>${metric.elevenLabs}</code>)</span>`}</td><td>${metric.unit}</td><td class="number">${metric.count}</td>${FIGURES.map((figure) => markup`<td class="number">${showNumber(metric[figure])}</td>`)}</tr>
`,
  )
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="Metrics"><table class="figures">
<thead><tr><th scope="col">metric</th><th scope="col">definition</th><th scope="col">unit</th>${heads}</tr></thead>
<tbody>
${rows}</tbody></table></div>
<p class="hint">A percentile that its values cannot support is left out.</p>`
}
