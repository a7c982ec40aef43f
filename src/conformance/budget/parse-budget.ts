import picomatch from 'picomatch'
import { SoundcheckError } from '../../endpoint/index.ts'
import { type ProbeId, STREAMED_PROBES } from '../probe-ids.ts'

/** What a budget may limit, and the reading it stands for. */
export const METRICS = {
  first_byte: 'firstByteMs',
  first_content: 'firstContentMs',
  first_sentence: 'firstSentenceMs',
  total: 'totalMs',
} as const

type Metric = keyof typeof METRICS

/** A limit on the times of replies, as its user wrote it and as it is meant. */
export interface Budget {
  readonly expression: string
  readonly metric: Metric
  /** Whose replies count; those of all probes when absent. */
  readonly probes: readonly ProbeId[] | undefined
  /** 100 for the longest time, 50 for the median. */
  readonly percentile: number
  readonly inclusive: boolean
  readonly limitMs: number
}

const GRAMMAR =
  /^\s*(?<metric>\w+)\s*(?:\{\s*(?<scope>[^{}]*?)\s*\})?\s+(?<statistic>[^\s<>=]+?)\s*(?<operator><=?)\s*(?<limit>\d+(?:\.\d+)?)\s*$/
const EXAMPLE = 'write it as in "first_content p(95)<1000" or "total{probe:farewell} max<=3000"'

/**
 * Parses a budget, in the grammar of k6's thresholds:
 * `<metric>[{probe:<glob>}] <p(N) | med | max> <operator> <milliseconds>`, where the operator is `<`
 * or `<=`, and `median` may be written out.
 *
 * @throws SoundcheckError that says what of it cannot be understood.
 */
export function parseBudget(expression: string): Budget {
  const parts = GRAMMAR.exec(expression)?.groups
  if (!parts) throw wrong(expression, EXAMPLE)
  const { metric = '', scope, statistic = '', operator, limit } = parts
  if (!isMetric(metric)) {
    const known = Object.keys(METRICS).join(', ')
    throw wrong(expression, `there is no metric "${metric}"; there are ${known}`)
  }
  return {
    expression: expression.trim(),
    metric,
    probes: scope === undefined ? undefined : parseScope(scope, expression),
    percentile: parseStatistic(statistic, expression),
    inclusive: operator === '<=',
    limitMs: Number(limit),
  }
}

function isMetric(name: string): name is Metric {
  return Object.hasOwn(METRICS, name)
}

function parseScope(scope: string, expression: string): readonly ProbeId[] {
  const [, glob] = /^probe\s*:\s*(\S+)$/.exec(scope) ?? []
  if (glob === undefined) throw wrong(expression, 'its scope is not like {probe:farewell}')
  const matches = picomatch(glob)
  const found = STREAMED_PROBES.filter((probe) => matches(probe))
  if (found.length > 0) return found
  throw wrong(expression, `no probe matches "${glob}"; there are ${STREAMED_PROBES.join(', ')}`)
}

function parseStatistic(statistic: string, expression: string): number {
  if (statistic === 'max') return 100
  if (statistic === 'med' || statistic === 'median') return 50
  const percentile = Number(/^p\((\d+(?:\.\d+)?)\)$/.exec(statistic)?.[1])
  if (percentile > 0 && percentile <= 100) return percentile
  throw wrong(expression, `"${statistic}" is not p(1) to p(100), med or max`)
}

function wrong(expression: string, reason: string): SoundcheckError {
  return new SoundcheckError(
    'INVALID_INPUT',
    `the budget "${expression}" makes no sense: ${reason}`,
  )
}
