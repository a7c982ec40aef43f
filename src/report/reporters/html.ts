import { exchangesSection } from '../html/exchanges.ts'
import { type Fact, factsList } from '../html/facts-list.ts'
import { type Markup, markup } from '../html/markup.ts'
import { page } from '../html/page.ts'
import { suiteSection } from '../html/suite.ts'
import { milliseconds } from '../html/timeline.ts'
import { proxyText } from '../text/proxy-text.ts'
import type { Reporter } from '../reporter.ts'
import { type Report, suitesOf } from '../verdicts/suites.ts'
import { untoldText } from '../verdicts/untold-text.ts'
import { summaryText } from '../verdicts/summary-text.ts'

/** A page with a timeline of each exchange. */
export const html: Reporter = (report) => {
  const { tool, verdict, summary } = report
  const suites = suitesOf(report)
  return page({
    title: `soundcheck: ${verdict}, ${suites.length === 1 ? suites[0]!.name : summaryText(summary)}`,
    heading: 'soundcheck',
    facts: facts(report),
    main: [...suites.map(suiteSection), ...('files' in report ? [] : [exchangesSection(report)])],
    tool,
  })
}

function facts(report: Report): Markup {
  const { verdict, startedAt, durationMs } = report
  const known: Fact[] = [
    ['started', startedAt],
    ['took', `${(durationMs / 1000).toFixed(1)} s`],
  ]
  if ('files' in report) {
    known.unshift(['verdict', markup`<span class="verdict ${verdict}">${verdict}</span>`])
    const further = untoldText(report)
    if (further !== undefined) known.push(['not listed', further])
  } else {
    const { target, requests, latency } = report
    known.push(['profile', target.profile], ['model', target.model], ['requests', `${requests}`])
    if (target.proxy) known.push(['sent', proxyText(target)])
    const { p50, max } = latency.firstContentMs
    if (p50 !== null && max !== null) {
      known.push(['first content', `${milliseconds(p50)} (median), ${milliseconds(max)} (worst)`])
    }
  }
  return factsList(known)
}
