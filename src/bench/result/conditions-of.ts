import { dialectFor } from '../../protocol/index.ts'
import type { Asked } from '../plan/describe-asked.ts'
import type { BenchReport } from './bench-report-schema.ts'

/**
 * What the figures of a run depend on beside its endpoint, each by its name, in words; `undefined`
 * where an older report does not tell.
 */
export type Conditions = Readonly<Record<string, string | undefined>>

/** Under which conditions a run was measured. */
export function conditionsOf({ target, plan, requests, speech, seed }: BenchReport): Conditions {
  const { concurrency, ratePerSecond, toRatePerSecond, shard, asked, timeoutMs } = plan
  const asNumber = (value: number | null) => (value === null ? 'none' : String(value))
  return {
    API: dialectFor(target.url)?.id,
    model: target.model ?? 'none',
    headers: target.headers?.join(', ') ?? 'none',
    proxy: target.proxy?.url ?? 'none',
    load: plan.load,
    concurrency: asNumber(concurrency),
    'rate per second': asNumber(ratePerSecond),
    // How fast it gets there is part of the load.
    'rate at the end':
      toRatePerSecond === null ? 'none' : `${toRatePerSecond} after ${seconds(plan.durationMs)}`,
    'warm-up': seconds(plan.warmupMs),
    'time limit': timeoutMs === undefined ? undefined : seconds(timeoutMs),
    shard: shard === null ? 'none' : `${shard.index}/${shard.count}`,
    'what was asked': asked && askedText(asked),
    history: requests.chained === undefined ? 'sent whole' : 'kept by the endpoint',
    contract: requests.judged ? 'checked' : 'not checked',
    seed: String(seed),
    'speech rule': speech.rule,
    'speaking rate': String(speech.charactersPerSecond),
    'time to the first sound of the voice': `${speech.ttsDelayMs} ms`,
  }
}

/** In which of the conditions that both tell two runs differ, as "concurrency was 1, then 8". */
export function whatDiffers(first: Conditions, second: Conditions): string[] {
  return Object.entries(first).flatMap(([name, value]) => {
    const then = second[name]
    const isTold = value !== undefined && then !== undefined
    return isTold && value !== then ? [`${name} was ${value}, then ${then}`] : []
  })
}

function seconds(ms: number): string {
  return `${ms / 1_000} s`
}

function askedText({ requests, meanCharacters, digest }: Asked): string {
  const bodies = requests === 1 ? 'request' : 'requests'
  return `${requests} ${bodies} of ${meanCharacters} characters (${digest})`
}
