import { type MetricName, metricDefinitions } from '../measure/metric-definitions.ts'
import type { Tally } from '../tally/tally.ts'

/** `icl` has many values for each answer, and `lag` is of our own making. */
const NOT_OF_ANSWERS: readonly MetricName[] = ['icl', 'lag']
/** The bounds that keep a caller from harm. */
const HARM = { ms: '<', times: '<', 'tokens/s': '>', tokens: null, characters: null } as const

/**
 * How many failed requests count as values beyond an upper bound on a time, or a lower one on a pace:
 * the caller of one waits in vain, so an endpoint that sheds load must not look fast.
 *
 * A good answer may lack a value, as a turn of tool calls lacks text. Failed requests are taken to
 * lack it as often.
 */
export function failuresBeyond(
  metric: MetricName,
  operator: '<' | '>',
  { attempted, ok, metrics }: Tally,
): number {
  const isHarm = HARM[metricDefinitions[metric].unit] === operator
  if (!isHarm || NOT_OF_ANSWERS.includes(metric)) return 0
  const failed = attempted - ok
  return ok === 0 ? failed : Math.ceil((failed * metrics[metric].histogram.count) / ok)
}
