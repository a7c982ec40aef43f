import { SoundcheckError } from '../../endpoint/index.ts'
import { METRIC_NAMES, type MetricName } from '../measure/metric-definitions.ts'

/** A statistic of a metric, or a share of all requests, and its bound. */
export type Budget = {
  readonly expression: string
  readonly operator: '<' | '>'
  readonly bound: number
} & (
  | { readonly of: 'metric'; readonly metric: MetricName; readonly statistic: Statistic }
  | { readonly of: 'requests'; readonly share: RequestShare }
)

type Statistic =
  | { readonly kind: 'avg' | 'min' | 'max' }
  | { readonly kind: 'percentile'; readonly percentile: number }

/**
 * Ready-made sets.
 *
 * - `seeds`: what production checklists ask of a streaming endpoint. "Below 50 ms a token" and "above
 *   50 tokens a second" disagree: 50 ms are 20 tokens a second, and the second one binds.
 * - `elevenlabs`: the platform gives up on an answer whose first text takes 4 s.
 */
export const BUDGET_PRESETS: Readonly<Record<string, readonly string[]>> = {
  seeds: [
    'ttft_sched p(95)<100',
    'tpot p(95)<50',
    'e2e p(95)<2000',
    'tps p(5)>50',
    'availability>0.99',
    'errors<0.001',
  ],
  elevenlabs: ['ttft_sched p(99)<4000', 'errors<0.01'],
}

/** Of all requests. */
export const REQUEST_SHARES = ['errors', 'availability', 'goodput'] as const

export type RequestShare = (typeof REQUEST_SHARES)[number]

const GRAMMAR =
  /^\s*(?<name>\w+)(?:\s+(?:(?<plain>avg|min|max|med)|p\((?<percentile>\d{1,2}(?:\.\d{1,3})?)\)))?\s*(?<operator>[<>])\s*(?<bound>\d+(?:\.\d+)?)\s*$/

/**
 * Reads a budget or the name of a set: `ttft p(95)<100`, `tps p(5)>50`, `errors<0.001`, `seeds`.
 * Times are in milliseconds, shares from 0 to 1.
 *
 * @throws SoundcheckError for what is neither.
 */
export function parseBudget(text: string): Budget[] {
  const preset = Object.hasOwn(BUDGET_PRESETS, text) ? BUDGET_PRESETS[text] : undefined
  if (preset) return preset.flatMap(parseBudget)
  const { name, plain, percentile, operator, bound } = GRAMMAR.exec(text)?.groups ?? {}
  const common = { expression: text.trim(), operator: operator as '<' | '>', bound: Number(bound) }
  const statistic = statisticOf(plain, percentile)
  const share = REQUEST_SHARES.find((each) => each === name)
  if (share && !statistic && common.bound <= 1) return [{ ...common, of: 'requests', share }]
  const metric = METRIC_NAMES.find((each) => each === name)
  if (metric && statistic) return [{ ...common, of: 'metric', metric, statistic }]
  throw new SoundcheckError(
    'INVALID_INPUT',
    `"${text}" is not a budget; write it as 'ttft p(95)<800' (with ${METRIC_NAMES.join(', ')}), ` +
      `as 'errors<0.01' (or availability, goodput), or name a set: ${Object.keys(BUDGET_PRESETS).join(', ')}`,
  )
}

function statisticOf(
  plain: string | undefined,
  percentile: string | undefined,
): Statistic | undefined {
  if (percentile !== undefined) {
    const number = Number(percentile)
    return number > 0 ? { kind: 'percentile', percentile: number } : undefined
  }
  if (plain === 'med') return { kind: 'percentile', percentile: 50 }
  return plain === undefined ? undefined : { kind: plain as 'avg' | 'min' | 'max' }
}
