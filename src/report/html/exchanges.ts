import type { CheckReport, ExchangeSummary, Finding } from '../../conformance/index.ts'
import { plural } from '../text/plural.ts'
import { type Markup, markup } from './markup.ts'
import { milliseconds, timeline, timelineKey } from './timeline.ts'

/** Every exchange with its timeline, all on the same scale. */
export function exchangesSection({ exchanges, checks }: CheckReport): Markup {
  if (exchanges.length === 0) return markup``
  const scaleMs = Math.max(1, ...exchanges.map(({ totalMs }) => totalMs))
  const findings = Map.groupBy(
    checks.flatMap((result) => result.findings),
    ({ exchange }) => exchange,
  )
  return markup`<section>
<h2>Exchanges</h2>
<p class="hint">Time runs from left to right, ${milliseconds(scaleMs)} in all lines. A tick is an event, or several that came together; a red triangle is a finding.</p>
${exchanges.map((exchange) => row(exchange, findings.get(exchange.id) ?? [], scaleMs))}
</section>`
}

function row(exchange: ExchangeSummary, findings: readonly Finding[], scaleMs: number): Markup {
  const { id, status, end, events, bytes } = exchange
  const facts = [
    status === null ? 'no answer' : `status ${status}`,
    ...(end === 'complete' ? [] : [end]),
    plural(events, 'event'),
    plural(bytes, 'byte'),
  ].join(', ')
  const found =
    findings.length > 0
      ? markup`, <strong class="bad">${plural(findings.length, 'finding')}</strong>`
      : ''
  return markup`<article class="exchange" id="${id}">
<h3>${id}</h3>
<p class="facts">${facts}${found}</p>
${timeline(exchange, findings, scaleMs)}
${timelineKey(exchange)}
</article>
`
}
