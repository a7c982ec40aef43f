import {
  type Context,
  context,
  type ContextManager,
  metrics,
  propagation,
  ROOT_CONTEXT,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
} from '@opentelemetry/api'
import {
  AggregationTemporality,
  type HistogramMetricData,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import {
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import { expect, onTestFinished, test, vi } from 'vitest'
import { textRedactor } from '../../../src/gateway/account/text-redactor.ts'
import type { TurnRecord } from '../../../src/gateway/account/turn-record.ts'
import { type TraceOptions, turnTraces } from '../../../src/gateway/account/turn-traces.ts'
import { toldSecret } from '../../support/tells-secret.ts'
import { turnRecord } from '../../support/turn-records.ts'

const KEY = 'sk-4aZq7+Wm/9xKc2=Lt5vBn8Ry3/Pd6'
const redactor = textRedactor(() => [KEY])

/** The SDK for spans, until the test ends. */
function tracing(): () => readonly ReadableSpan[] {
  const exporter = new InMemorySpanExporter()
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] })
  trace.setGlobalTracerProvider(provider)
  onTestFinished(async () => {
    trace.disable()
    await provider.shutdown()
  })
  return () => exporter.getFinishedSpans()
}

/** The SDK for metrics, until the test ends. */
function metering(): () => Promise<readonly HistogramMetricData[]> {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 1_000_000 })
  const provider = new MeterProvider({ readers: [reader] })
  metrics.setGlobalMeterProvider(provider)
  onTestFinished(async () => {
    metrics.disable()
    await provider.shutdown()
  })
  return async () => {
    await provider.forceFlush()
    const [told] = exporter.getMetrics()
    return (told?.scopeMetrics.flatMap((scope) => scope.metrics) ?? []) as HistogramMetricData[]
  }
}

async function watch(records: readonly TurnRecord[], options: Partial<TraceOptions> = {}) {
  const observer = await turnTraces({ redactor, ...options })
  for (const record of records) observer!.began(record)(record)
}

test('a turn is a span that bears the names for generative AI', async () => {
  const spans = tracing()
  const usage = { input: 20, output: 30, cached: 5, reasoning: 7, source: 'upstream' } as const
  const parameters = {
    maxTokens: 99,
    temperature: 0.5,
    topP: 0.9,
    seed: 7,
    stop: ['.'],
    choices: 1,
  }
  await watch([turnRecord({ usage, parameters })])
  expect(spans()).toHaveLength(1)
  const { name, kind, status, attributes } = spans()[0]!
  expect([name, kind, status.code]).toEqual(['chat voice', SpanKind.CLIENT, SpanStatusCode.UNSET])
  expect(attributes).toEqual({
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.conversation.id': 'conv-1',
    'gen_ai.request.model': 'voice',
    'gen_ai.request.stream': true,
    'gen_ai.request.max_tokens': 99,
    'gen_ai.request.temperature': 0.5,
    'gen_ai.request.top_p': 0.9,
    'gen_ai.request.seed': 7,
    'gen_ai.request.stop_sequences': ['.'],
    'gen_ai.request.choice.count': 1,
    'gen_ai.response.model': 'gpt-5-mini',
    'gen_ai.response.finish_reasons': ['stop'],
    'gen_ai.response.time_to_first_chunk': 0.4,
    'gen_ai.usage.input_tokens': 20,
    'gen_ai.usage.output_tokens': 30,
    'gen_ai.usage.cache_read.input_tokens': 5,
    'gen_ai.usage.reasoning.output_tokens': 7,
    'soundcheck.gateway.request.id': 'req-1',
    'soundcheck.gateway.outcome': 'answered',
    'soundcheck.gateway.attempts': 1,
  })
})

test('what is not known is not said', async () => {
  const spans = tracing()
  const nothing = {
    model: null,
    conversation: null,
    usage: null,
    finishReason: null,
    upstream: null,
  }
  await watch([turnRecord({ ...nothing, attempts: [], firstContentMs: null, isStreamed: false })])
  const { name, attributes } = spans()[0]!
  expect(name).toBe('chat')
  expect(attributes).toEqual({
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'soundcheck',
    'gen_ai.request.stream': false,
    'soundcheck.gateway.request.id': 'req-1',
    'soundcheck.gateway.outcome': 'answered',
    'soundcheck.gateway.attempts': 0,
  })
})

test.each([
  ['failed', 'rate-limited'],
  ['apologized', 'rate-limited'],
  ['refused', '429'],
  ['answered', undefined],
  ['client-left', undefined],
  ['superseded', undefined],
  ['drained', undefined],
] as const)('a turn that was %s has the error %s', async (outcome, error) => {
  const spans = tracing()
  const fault = 'rate-limited'
  const attempts = [{ upstream: 'groq.chat', model: 'm', fault, why: KEY, ms: 1 } as const]
  await watch([turnRecord({ outcome, attempts, upstream: null, status: 429 })])
  const { attributes, status } = spans()[0]!
  expect(attributes['error.type']).toBe(error)
  expect(attributes['gen_ai.provider.name']).toBe('groq')
  expect(status.code).toBe(error === undefined ? SpanStatusCode.UNSET : SpanStatusCode.ERROR)
  expect(toldSecret(JSON.stringify(attributes), [KEY])).toBeUndefined()
})

test.each([
  ['amazon-bedrock', 'aws.bedrock'],
  ['anthropic.messages', 'anthropic'],
  ['google.generative-ai', 'gcp.gemini'],
  ['google.vertex.chat', 'gcp.vertex_ai'],
  ['mistral.chat', 'mistral_ai'],
  ['openai.responses', 'openai'],
  ['openairport', 'openairport'],
  ['vllm.internal:8000', 'vllm.internal:8000'],
])('the provider %s is called %s', async (upstream, provider) => {
  const spans = tracing()
  await watch([turnRecord({ upstream })])
  expect(spans()[0]!.attributes['gen_ai.provider.name']).toBe(provider)
})

test('a span tells texts only where they are wanted, and keys nowhere', async () => {
  const spans = tracing()
  const content = { asked: `Hi, ${KEY} it is`, said: 'Good day.' }
  const names = { id: KEY, conversation: KEY, finishReason: KEY, parameters: { stop: [KEY] } }
  await watch([turnRecord({ content, ...names })])
  await watch([turnRecord({ content, ...names })], { content: true })
  const [without, within] = spans().map(({ attributes }) => attributes)
  expect(JSON.stringify(without)).not.toMatch(/Hi,|Good day/)
  expect(JSON.parse(String(within!['gen_ai.input.messages']))).toEqual([
    { role: 'user', parts: [{ type: 'text', content: `Hi, ${'*'.repeat(KEY.length)} it is` }] },
  ])
  expect(JSON.parse(String(within!['gen_ai.output.messages']))).toMatchObject([
    { role: 'assistant', parts: [{ type: 'text', content: 'Good day.' }] },
  ])
  expect(toldSecret(JSON.stringify([without, within]), [KEY])).toBeUndefined()
})

const CALLER: SpanContext = {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  traceFlags: TraceFlags.SAMPLED,
}
const traceContext = { traceparent: `00-${CALLER.traceId}-${CALLER.spanId}-01` }

/** Reads `traceparent` as the SDK for servers does. */
function propagating(): void {
  propagation.setGlobalPropagator({
    inject: () => {},
    fields: () => ['traceparent'],
    extract(parent, carrier, getter) {
      const [, traceId = '', spanId = ''] = String(getter.get(carrier, 'traceparent')).split('-')
      return trace.setSpanContext(parent, {
        traceId,
        spanId,
        traceFlags: TraceFlags.SAMPLED,
        isRemote: true,
      })
    },
  })
  onTestFinished(() => propagation.disable())
}

/** As in a server whose requests are traced. */
function serving(active: Context): void {
  const manager: ContextManager = {
    active: () => active,
    with: (_, run, self, ...args) => run.call(self as never, ...args),
    bind: (_, target) => target,
    enable: () => manager,
    disable: () => manager,
  }
  context.setGlobalContextManager(manager)
  onTestFinished(() => context.disable())
}

test('a span belongs to the trace of the caller', async () => {
  const spans = tracing()
  propagating()
  await watch([turnRecord({ traceContext }), turnRecord()])
  const [within, alone] = spans()
  expect(within!.spanContext().traceId).toBe(CALLER.traceId)
  expect(within!.parentSpanContext?.spanId).toBe(CALLER.spanId)
  expect(alone!.parentSpanContext).toBeUndefined()
})

test("a span is the child of the server's, where there is one", async () => {
  const spans = tracing()
  propagating()
  const server = { ...CALLER, spanId: '00f067aa0ba902b7' }
  serving(trace.setSpanContext(ROOT_CONTEXT, server))
  await watch([turnRecord({ traceContext })])
  expect(spans()[0]!.parentSpanContext?.spanId).toBe(server.spanId)
})

test('histograms agree with the turns that there were', async () => {
  const told = metering()
  await watch([
    turnRecord({ gapsMs: [10, 30] }),
    turnRecord({ isStreamed: false, gapsMs: [10], totalMs: 500 }),
    turnRecord({ cache: 'hit' }),
    turnRecord({ isShared: true, totalMs: 1_000 }),
    turnRecord({ outcome: 'failed', usage: null, firstContentMs: null, status: 502, attempts: [] }),
    turnRecord({ outcome: 'refused', usage: null, firstContentMs: null, status: 429 }),
  ])
  const byName = Object.fromEntries(
    (await told()).map(({ descriptor, dataPoints }) => [
      descriptor.name,
      { unit: descriptor.unit, points: dataPoints },
    ]),
  )
  const sums = (name: string) => {
    const { points = [] } = byName[name] ?? {}
    const total = (of: (value: { sum?: number; count: number }) => number) =>
      points.reduce((sum, { value }) => sum + of(value), 0)
    return [total(({ count }) => count), total(({ sum = 0 }) => sum)]
  }
  expect(sums('gen_ai.client.operation.duration')).toEqual([5, 6])
  expect(sums('gen_ai.client.operation.time_to_first_chunk')).toEqual([3, expect.closeTo(1.2)])
  expect(sums('gen_ai.client.operation.time_per_output_chunk')).toEqual([2, expect.closeTo(0.04)])
  expect(sums('gen_ai.client.token.usage')).toEqual([4, 100])
  expect(Object.values(byName).map(({ unit }) => unit)).toEqual(['s', 's', 's', '{token}'])

  const duration = byName['gen_ai.client.operation.duration']!.points
  expect(duration.map(({ attributes }) => attributes['error.type'])).toEqual([undefined, '502'])
  const tokens = byName['gen_ai.client.token.usage']!.points
  expect(tokens.map(({ attributes, value }) => [attributes, value.sum])).toEqual(
    (['input', 'output'] as const).map((type) => [
      {
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'openai',
        'gen_ai.request.model': 'voice',
        'gen_ai.token.type': type,
      },
      type === 'input' ? 40 : 60,
    ]),
  )
  expect(tokens[0]!.value.buckets.boundaries.slice(0, 4)).toEqual([1, 4, 16, 64])
})

test('an SDK may be set up when the gateway already runs', async () => {
  const observer = await turnTraces({ redactor })
  const record = turnRecord()
  observer!.began(record)(record)
  const spans = tracing()
  const told = metering()
  observer!.began(record)(record)
  expect(spans()).toHaveLength(1)
  expect((await told()).map(({ descriptor }) => descriptor.name)).toContain(
    'gen_ai.client.operation.duration',
  )
})

test('that nothing of OpenTelemetry is installed is no error', async () => {
  vi.doMock('@opentelemetry/api', () => {
    throw new Error('not found')
  })
  onTestFinished(() => vi.doUnmock('@opentelemetry/api'))
  expect(await turnTraces({ redactor })).toBeUndefined()
})
