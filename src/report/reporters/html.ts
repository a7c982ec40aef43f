import { exchangesSection } from '../html/exchanges.ts'
import { Markup, markup } from '../html/markup.ts'
import { STYLE } from '../html/style.ts'
import { suiteSection } from '../html/suite.ts'
import { milliseconds } from '../html/timeline.ts'
import type { Report, Reporter } from '../reporter.ts'
import { suitesOf } from '../suites.ts'
import { summaryText } from '../summary-text.ts'

/** One page without scripts, which loads nothing: it can be mailed, archived and printed. */
export const html: Reporter = (report) => {
  const { tool, verdict, summary } = report
  const suites = suitesOf(report)
  const title = `soundcheck: ${verdict}, ${suites.length === 1 ? suites[0]!.name : summaryText(summary)}`
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<header>
<h1>soundcheck</h1>
${facts(report)}
</header>
<main>
${suites.map(suiteSection)}
${'files' in report ? '' : exchangesSection(report)}
</main>
<footer>${tool.name} ${tool.version}</footer>
</body>
</html>
`.source
}

function facts(report: Report): Markup {
  const { verdict, startedAt, durationMs } = report
  const known: (readonly [name: string, value: string | Markup])[] = [
    ['started', startedAt],
    ['took', `${(durationMs / 1000).toFixed(1)} s`],
  ]
  if ('files' in report) {
    known.unshift(['verdict', markup`<span class="verdict ${verdict}">${verdict}</span>`])
  } else {
    const { target, requests, latency } = report
    known.push(['profile', target.profile], ['model', target.model], ['requests', `${requests}`])
    const { p50, max } = latency.firstContentMs
    if (p50 !== null && max !== null) {
      known.push(['first content', `${milliseconds(p50)} (median), ${milliseconds(max)} (worst)`])
    }
  }
  return markup`<dl class="facts-list">${known.map(([name, value]) => markup`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`
}
