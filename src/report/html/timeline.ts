import type { ExchangeSummary, Finding } from '../../conformance/index.ts'
import { chat } from '../../protocol/index.ts'
import { type Markup, markup } from './markup.ts'

/** Something that happened in an exchange, once. */
interface Mark {
  readonly label: string
  readonly atMs: number
  readonly shape: string
}

/** Around the origin; a shape for each, so that no two differ in colour alone. */
const SHAPES = {
  'request sent': 'M-3 -7h6v14h-6z',
  'first byte': 'M0 -8l6 8l-6 8l-6 -8z',
  role: 'M-6 -20h12l-6 9z',
  'first content': 'M-6 0a6 6 0 1 0 12 0a6 6 0 1 0 -12 0z',
  [chat.terminator.data]: 'M-6 -6h12v12h-12z',
  end: 'M-1 -15h3v30h-3z',
  finding: 'M0 11l6 10h-12z',
} as const

/** The ticks are drawn in this many steps, so that thousands of events cost no more than these. */
const STEPS = 1000

/** When the parts of an answer came: a line in time, with a tick for each event. */
export function timeline(
  exchange: ExchangeSummary,
  findings: readonly Finding[],
  scaleMs: number,
): Markup {
  const step = (ms: number) => Math.round((ms / scaleMs) * STEPS)
  const { firstByteMs, totalMs, eventsMs } = exchange
  const start = step(firstByteMs ?? totalMs)
  const ticks = [...new Set(eventsMs.map(step))].map((x) => `M${x} 0v20`).join('')
  const faults = new Set(findings.flatMap(({ atMs }) => (atMs === null ? [] : step(atMs))))
  const place = (x: number, shape: string, kind: string) =>
    markup`<svg x="${x / (STEPS / 100)}%" y="50%" overflow="visible"><path class="${kind}" d="${shape}"/></svg>`
  return markup`<svg class="timeline" role="img" aria-label="${inWords(exchange)}">
<svg viewBox="0 0 ${STEPS} 20" preserveAspectRatio="none" width="100%" height="20" y="14"><path class="axis" d="M0 10h${STEPS}"/><path class="wait" d="M0 10H${start}"/><path class="body" d="M${start} 10H${step(totalMs)}"/><path class="ticks" d="${ticks}"/></svg>
${marksOf(exchange).map(({ atMs, label, shape }) => place(step(atMs), shape, classOf(label)))}
${[...faults].map((x) => place(x, SHAPES.finding, 'finding'))}
</svg>`
}

/** What the drawing shows, with the shape that stands for it. */
export function timelineKey(exchange: ExchangeSummary): Markup {
  const items = marksOf(exchange).map(
    ({ label, atMs, shape }) =>
      markup`<li><svg class="key" viewBox="-9 -9 18 18" aria-hidden="true"><path class="${classOf(label)}" d="${label === 'role' ? 'M-6 -4h12l-6 9z' : shape}"/></svg>${label} <b>${milliseconds(atMs)}</b></li>`,
  )
  return markup`<ul class="keys">${items}</ul>`
}

export function milliseconds(ms: number): string {
  return ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`
}

function marksOf(exchange: ExchangeSummary): Mark[] {
  const { firstByteMs, roleMs, firstContentMs, doneMs, totalMs, end } = exchange
  const times = [
    ['request sent', 0],
    ['first byte', firstByteMs],
    ['role', roleMs],
    ['first content', firstContentMs],
    [chat.terminator.data, doneMs],
  ] as const
  return [
    ...times.flatMap(([label, atMs]) =>
      atMs === null ? [] : { label, atMs, shape: SHAPES[label] },
    ),
    { label: end === 'complete' ? 'closed' : end, atMs: totalMs, shape: SHAPES.end },
  ]
}

function classOf(label: string): string {
  return label.replaceAll(/[^a-z]+/gi, '-').toLowerCase()
}

function inWords(exchange: ExchangeSummary): string {
  const marks = marksOf(exchange).map(({ label, atMs }) => `${label} at ${milliseconds(atMs)}`)
  return `${exchange.id}: ${marks.join(', ')}`
}
