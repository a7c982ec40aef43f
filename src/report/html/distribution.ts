import type { BenchReport, MetricSummary } from '../../bench/index.ts'
import { type BudgetBound, budgetBounds } from '../measurements/budget-bounds.ts'
import { showNumber, showQuantity } from '../text/show-quantity.ts'
import { type Markup, markup } from './markup.ts'
import { roundSteps } from './round-steps.ts'

/** The curve is drawn in this many steps, so that thousands of values cost no more than these. */
const STEPS = 1000
const PERCENTILES = [50, 90, 99, 99.9, 99.99]
/** A bound so much above all values would press their curve flat. */
const MAX_STRETCH = 2

/** How the values of a metric are spread: below which time how many percent of them are. */
export function distribution(
  name: string,
  metric: MetricSummary,
  budgets: BenchReport['budgets'],
): Markup {
  const values = (metric.sample ?? []).toSorted((a, b) => a - b)
  const highest = values.at(-1)
  if (highest === undefined) return markup``
  const bounds = budgetBounds(budgets, name)
  const reachable = bounds.map(({ bound }) => bound).filter((each) => each <= highest * MAX_STRETCH)
  const top = Math.max(highest, ...reachable) * 1.1 || 1
  const y = (value: number) => Math.max(0, 1 - value / top)
  // As HdrHistogram draws it: each further 9 has as much room as the one before.
  const decades = Math.log10(2 * values.length)
  const x = (share: number) => Math.min(1, -Math.log10(1 - share) / decades)
  const marks = PERCENTILES.filter((each) => each / 100 <= 1 - 1 / values.length)
  const grid = [
    ...roundSteps(top).map((value) => `M0 ${y(value) * STEPS}h${STEPS}`),
    ...marks.map((each) => `M${x(each / 100) * STEPS} 0v${STEPS}`),
  ].join('')
  const sampled =
    metric.count > values.length ? `, drawn from an even sample of ${values.length}` : ''
  return markup`<figure class="plot">
<figcaption><b>${name}</b> ${metric.unit} ${metric.definition}; ${metric.count} values${sampled}</figcaption>
<svg height="220" role="img" aria-label="${inWords(name, metric, bounds)}">
<svg viewBox="0 0 ${STEPS} ${STEPS}" preserveAspectRatio="none" width="100%" height="100%" overflow="visible"><path class="grid" d="${grid}"/><path class="curve" d="${curve(values, decades, y)}"/>
${bounds.map(({ bound }) => markup`<path class="bound" d="M0 ${y(bound) * STEPS}h${STEPS}"/>`)}</svg>
${roundSteps(top).map((value) => markup`<text x="0" y="${percent(y(value))}" dx="-8" dy="4" text-anchor="end">${showNumber(value)}</text>`)}
${marks.map((each) => markup`<text x="${percent(x(each / 100))}" y="100%" dy="18" text-anchor="middle">${each} %</text>`)}
${bounds.map((each) => boundMark(each, x, y))}
</svg>
</figure>`
}

function curve(values: readonly number[], decades: number, y: (value: number) => number): string {
  let path = ''
  let last: number | undefined
  for (let step = 0; step <= STEPS; step++) {
    const share = 1 - 10 ** ((-step / STEPS) * decades)
    const value = values[Math.min(values.length - 1, Math.floor(share * values.length))]!
    const height = Math.round(y(value) * STEPS)
    if (height === last) continue
    path += last === undefined ? `M0 ${height}` : `H${step}V${height}`
    last = height
  }
  return `${path}H${STEPS}`
}

/** A diamond where the curve must keep the bound, and the budget beside it. */
function boundMark(
  { expression, bound, share }: BudgetBound,
  x: (share: number) => number,
  y: (value: number) => number,
): Markup {
  const at = markup`y="${percent(y(bound))}"`
  const beyond = y(bound) === 0 ? ' (beyond the scale)' : ''
  const label = markup`${expression}${beyond}`
  if (share === null) return markup`<text class="bound" x="0" ${at} dx="6" dy="-6">${label}</text>`
  const place = markup`x="${percent(x(share))}" ${at}`
  const anchor = x(share) < 0.5 ? 'start' : 'end'
  return markup`<svg ${place} overflow="visible"><path class="bound-mark" d="M0 -6l6 6l-6 6l-6 -6z"/></svg><text class="bound" ${place} dy="-10" text-anchor="${anchor}">${label}</text>`
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`
}

function inWords(
  name: string,
  { unit, p50, p95, p99, max }: MetricSummary,
  bounds: readonly BudgetBound[],
): string {
  const figures = Object.entries({ p50, p95, p99, max }).map(
    ([figure, value]) => `${figure} ${showQuantity(value, unit)}`,
  )
  const budgets = bounds.map(({ expression }) => `budget ${expression}`)
  return `${name}: ${[...figures, ...budgets].join(', ')}`
}
