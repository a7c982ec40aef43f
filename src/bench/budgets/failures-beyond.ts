import type { MetricName } from '../measure/metric-names.ts'
import type { Tally } from '../tally/tally.ts'

/**
 * How many failed requests count as values beyond an upper bound on a time, or a lower one on a pace:
 * the caller of one waits in vain, so an endpoint that sheds load must not look fast.
 *
 * A good answer may lack a value, as a turn of tool calls lacks text. Failed requests are taken to
 * lack it as often.
 */
export function failuresBeyond(metric: MetricName, { attempted, ok, metrics }: Tally): number {
  const failed = attempted - ok
  return ok === 0 ? failed : Math.ceil((failed * metrics[metric].histogram.count) / ok)
}
