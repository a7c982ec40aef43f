import type { MetricName } from '../measure/metric-names.ts'
import type { BenchReport } from '../result/bench-report-schema.ts'
import { CUT_SHORT, cutShortBy } from '../result/cut-short.ts'
import { failedText } from '../result/failed-text.ts'

/** Why two reports cannot be compared by a metric: what is missing in which of them, and what to do. */
export function whyNotCompared(
  metric: MetricName,
  minValues: number,
  ...reports: readonly [first: BenchReport, second: BenchReport]
): string {
  const counts = reports.map(({ metrics }) => metrics[metric].count)
  if (counts.every((count) => count >= minValues)) {
    return `${metric} takes the samples of both reports, and one was saved without`
  }
  const causes = reports.map((report) =>
    report.metrics[metric].count < minValues ? whyFew(metric, minValues, report) : null,
  )
  const [first, second] = causes
  const inBoth = first === MORE ? MORE : `in both, ${first}`
  const told =
    first === second
      ? [inBoth]
      : causes.flatMap((cause, i) => (cause === null ? [] : `in the ${ORDINALS[i]}, ${cause}`))
  return `${metric} takes ${minValues} values in each report; there are ${counts.join(' and ')}: ${told.join('; ')}`
}

const MORE = 'raise --requests, --duration or the load'
const ORDINALS = ['first', 'second']

/** What left so few values in a report: that which would leave as few if more were sent comes first. */
function whyFew(metric: MetricName, minValues: number, report: BenchReport): string {
  const { requests, failures = [], metrics, target } = report
  const { attempted, ok } = requests
  const failed = failedText({ attempted, ok, failures })
  const cutShort = cutShortBy(report)
  const ended = cutShort === null ? '' : `${CUT_SHORT[cutShort]}, and `
  const { count, definition } = metrics[metric]
  if (ok >= minValues) {
    const more = count === 0 ? '' : `: ${MORE}`
    return `${count} of ${ok} good answers have it, which is ${definition}${more}`
  }
  // Had they come to a good end, there would be enough.
  if (failed !== null && attempted >= minValues) {
    const seen = failures[0]?.seen
    const example = seen === undefined || seen === null ? '' : `, such as "${seen}"`
    return `${ended}${failed}${example}: mend that first; "soundcheck check ${target.url}" tells more`
  }
  if (cutShort === 'interrupted') return `${CUT_SHORT.interrupted}: let it come to its end`
  if (cutShort !== null) return CUT_SHORT[cutShort]
  const few = failed === null ? '' : `${failed}: mend that, and `
  return `${few}${MORE}`
}
