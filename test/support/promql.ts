import { parser } from '@prometheus-io/lezer-promql'

/** What a query asks for. */
export interface Promql {
  /** Where it is no PromQL. */
  readonly errors: readonly string[]
  readonly metrics: readonly string[]
  readonly labels: readonly string[]
}

/** Reads PromQL with the grammar of Prometheus; what Grafana fills in is filled in. */
export function readPromql(query: string): Promql {
  const text = query.replaceAll('$__rate_interval', '5m')
  const errors: string[] = []
  const metrics: string[] = []
  const labels: string[] = []
  parser.parse(text).iterate({
    enter({ type, name, from, to }) {
      if (type.isError) errors.push(text.slice(Math.max(0, from - 20), to + 20))
      if (name === 'Identifier') metrics.push(text.slice(from, to))
      if (name === 'LabelName') labels.push(text.slice(from, to))
    },
  })
  return { errors, metrics, labels }
}
