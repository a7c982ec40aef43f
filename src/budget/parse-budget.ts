import type { Bound } from './bound.ts'
import { metricNamed } from './metric-named.ts'
import { type Command, isMeasuredBy, type MetricOf } from './metrics.ts'
import { notABudget } from './not-a-budget.ts'
import { type Expression, readExpression } from './read-expression.ts'
import { isRequestShare, type RequestShare } from './request-shares.ts'
import { readStatistic, type Statistic } from './statistic.ts'
import {
  howToWrite,
  whyElsewhere,
  whyNoMetric,
  whyNoStatistic,
  whyUnreadable,
} from './why-refused.ts'

/** A bound on a statistic of a metric. */
export interface MetricBudget<C extends Command> extends Bound {
  /** As its user wrote it. */
  readonly expression: string
  readonly of: 'metric'
  readonly metric: MetricOf<C>
  readonly statistic: Statistic
  /** A glob of the probes whose replies count; those of all when absent. */
  readonly probes: string | undefined
}

/** A bound on a share of all requests. */
export interface ShareBudget extends Bound {
  readonly expression: string
  readonly of: 'requests'
  readonly share: RequestShare
}

/** A budget that a command can judge. */
export type Budget<C extends Command> = MetricBudget<C> | (C extends 'bench' ? ShareBudget : never)

/**
 * Parses a budget: `ttft p(95)<800`, `total{probe:farewell} max<=3000`, `tps p(5)>50`, `errors<0.001`.
 * Times are in milliseconds, shares from 0 to 1.
 *
 * @throws SoundcheckError that says what of it makes no sense, or which other command judges it.
 */
export function parseBudget<C extends Command>(text: string, command: C): Budget<C> {
  const written = readExpression(text)
  if (!written) throw notABudget(text, whyUnreadable(text, command))
  const budget = isRequestShare(written.name)
    ? shareBudget(written, written.name, command)
    : metricBudget(written, command)
  return budget as Budget<C>
}

function shareBudget(
  { expression, scope, statistic, operator, bound }: Expression,
  share: RequestShare,
  command: Command,
): ShareBudget {
  if (command === 'check') {
    throw notABudget(
      expression,
      `${share} is a share of many requests, which bench measures; limit times here: ${howToWrite(command)}`,
    )
  }
  if (statistic !== undefined || scope !== undefined || bound > 1) {
    throw notABudget(
      expression,
      `${share} is a share of all requests, from 0 to 1: write it as in 'errors<0.01'`,
    )
  }
  return { expression, of: 'requests', share, operator, bound }
}

function metricBudget<C extends Command>(written: Expression, command: C): MetricBudget<C> {
  const { expression, name, scope, operator, bound } = written
  const metric = metricNamed(name)
  if (metric === undefined) throw notABudget(expression, whyNoMetric(name, command))
  if (!isMeasuredBy(metric, command))
    throw notABudget(expression, whyElsewhere(metric, written, command))
  const probes = scope === undefined ? undefined : readScope(scope, written, command)
  const statistic = readStatistic(written.statistic ?? '')
  if (!statistic || !isJudgedBy(statistic, command)) {
    throw notABudget(expression, whyNoStatistic(written.statistic, command))
  }
  return { expression, of: 'metric', metric, statistic, probes, operator, bound }
}

function isJudgedBy({ kind }: Statistic, command: Command): boolean {
  return command === 'bench' || kind === 'percentile' || kind === 'max'
}

function readScope(scope: string, { expression }: Expression, command: Command): string {
  if (command === 'bench') {
    throw notABudget(
      expression,
      `only check has probes; all answers count here: leave out {${scope}}`,
    )
  }
  const [, glob] = /^probe\s*:\s*(\S+)$/.exec(scope) ?? []
  if (glob !== undefined) return glob
  throw notABudget(expression, 'its scope is not like {probe:farewell}')
}
