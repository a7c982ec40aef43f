import type * as Api from '@opentelemetry/api'
import { commonAttributes, errorOf, firstChunkSeconds } from './span-attributes.ts'
import { tokensSpent } from './tokens-spent.ts'
import type { TurnRecord } from './turn-record.ts'

/** Measures turns by what the process has set up for metrics, now or later. */
export function turnMeter({ metrics, createNoopMeter }: typeof Api): (record: TurnRecord) => void {
  const nobody = createNoopMeter()
  let provider: Api.MeterProvider | undefined
  let instruments: Instruments | undefined
  return (record) => {
    const now = metrics.getMeterProvider()
    if (now !== provider) {
      provider = now
      const meter = now.getMeter('llm-soundcheck/gateway')
      instruments = meter === nobody ? undefined : instrumentsOf(meter)
    }
    // Who refused a request asked no model.
    if (instruments && record.outcome !== 'refused') measure(instruments, record)
  }
}

interface Instruments {
  readonly duration: Api.Histogram
  readonly firstChunk: Api.Histogram
  readonly perChunk: Api.Histogram
  readonly tokens: Api.Histogram
}

function measure(
  { duration, firstChunk, perChunk, tokens }: Instruments,
  record: TurnRecord,
): void {
  const attributes = commonAttributes(record)
  const error = errorOf(record)
  duration.record(
    record.totalMs / 1000,
    error === undefined ? attributes : { ...attributes, 'error.type': error },
  )
  const first = firstChunkSeconds(record)
  if (first !== undefined) firstChunk.record(first, attributes)
  if (record.isStreamed)
    for (const ms of record.gapsMs ?? []) perChunk.record(ms / 1000, attributes)
  const spent = tokensSpent(record)
  if (!spent) return
  for (const type of ['input', 'output'] as const) {
    tokens.record(spent[type], { ...attributes, 'gen_ai.token.type': type })
  }
}

const doubling = (from: number, count: number, factor = 2) =>
  Array.from({ length: count }, (_, i) => from * factor ** i)
/** As the conventions have them. */
const SECONDS = doubling(0.01, 14)
const TOKENS = doubling(1, 14, 4)

function instrumentsOf(meter: Api.Meter): Instruments {
  const histogram = (name: string, unit: string, description: string, bounds = SECONDS) =>
    meter.createHistogram(name, {
      unit,
      description,
      advice: { explicitBucketBoundaries: bounds },
    })
  return {
    duration: histogram('gen_ai.client.operation.duration', 's', 'How long a turn took'),
    firstChunk: histogram(
      'gen_ai.client.operation.time_to_first_chunk',
      's',
      'From a request to the first content',
    ),
    perChunk: histogram(
      'gen_ai.client.operation.time_per_output_chunk',
      's',
      'Between two pieces of content',
    ),
    tokens: histogram(
      'gen_ai.client.token.usage',
      '{token}',
      'Tokens taken in and given out',
      TOKENS,
    ),
  }
}
