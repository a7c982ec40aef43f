import { type MetricOf, metricsOf } from '../../budget/index.ts'

/** A metric of a request that came to a good end. */
export type MetricName = MetricOf<'bench'>

export const METRIC_NAMES = metricsOf('bench')
