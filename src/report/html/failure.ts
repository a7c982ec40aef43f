import type { CheckResult, Finding } from '../../conformance/index.ts'
import { placeText, timesText } from '../text/place-text.ts'
import { excerptLines } from '../text/excerpt.ts'
import { worstFinding } from '../verdicts/worst-finding.ts'
import { type Markup, markup, prose } from './markup.ts'

const EXCERPT_WIDTH = 100

/** One failed check: what was seen, what is required, what breaks, how to fix and repeat it. */
export function failureSection(result: CheckResult): Markup {
  const { id, severity, title, advice } = result
  const [finding, others] = worstFinding(result)
  if (!finding || !advice) return markup``
  const { requires, source, url, seenIn, effect, fix } = advice
  return markup`<article class="failure ${severity}">
<h4><span class="badge ${severity}">${severity}</span> ${id}</h4>
<p class="rule">${prose(title)}.</p>
<p class="message">${prose(finding.message)}${timesText(finding)}</p>
<p class="place">${placeText(finding)}</p>
${evidence(finding)}
<dl>
<dt>expected</dt><dd>${prose(finding.expected)}</dd>
<dt>requires</dt><dd>${prose(requires)} (<a href="${url}">${source}</a>${seenIn === null ? '' : markup`; <a href="${seenIn}">seen in the field</a>`})</dd>
<dt>effect</dt><dd>${prose(effect)}</dd>
<dt>fix</dt><dd>${prose(fix)}</dd>
</dl>
${others.length === 0 ? '' : othersList(others)}
${finding.repeat === null ? '' : markup`<details class="repeat"><summary>Repeat it</summary><pre class="wrap">${finding.repeat}</pre></details>`}
</article>`
}

function evidence(finding: Finding): Markup {
  const excerpt = excerptLines(finding, EXCERPT_WIDTH)
  const lines = excerpt.length > 0 ? excerpt : finding.actual === null ? [] : [finding.actual]
  if (lines.length === 0) return markup``
  // The excerpt is escaped already, but the caret needs its spaces as they are.
  return markup`<pre tabindex="0">${lines.map((line) => markup`${line}\n`)}</pre>`
}

function othersList(others: readonly Finding[]): Markup {
  const items = others.map(
    (finding) =>
      markup`<li>${prose(finding.message)}${timesText(finding)} <span class="place">${placeText(finding)}</span></li>\n`,
  )
  return markup`<details><summary>${others.length} more</summary><ul>${items}</ul></details>`
}
