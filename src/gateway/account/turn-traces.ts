import type * as Api from '@opentelemetry/api'
import { conversationAttributes, errorOf, spanAttributes } from './span-attributes.ts'
import type { TextRedactor } from './text-redactor.ts'
import { turnMeter } from './turn-meter.ts'
import type { TurnObserver, TurnOpening } from './turn-record.ts'

export interface TraceOptions {
  readonly redactor: TextRedactor
  /**
   * Whether spans tell what was asked and said.
   *
   * @defaultValue false
   */
  readonly content?: boolean
}

/**
 * Tells OpenTelemetry of turns, where an SDK is set up, by the names for generative AI; nothing where its
 * API is not installed.
 *
 * @see https://github.com/open-telemetry/semantic-conventions-genai
 */
export async function turnTraces(options: TraceOptions): Promise<TurnObserver | undefined> {
  const api = await import('@opentelemetry/api').catch(() => undefined)
  return api && observing(api, options)
}

function observing(api: typeof Api, { redactor, content = false }: TraceOptions): TurnObserver {
  const tracer = api.trace.getTracer('llm-soundcheck/gateway')
  const measure = turnMeter(api)
  return {
    began(opening) {
      const span = tracer.startSpan(
        opening.model === null ? 'chat' : `chat ${opening.model}`,
        { kind: api.SpanKind.CLIENT, attributes: { 'gen_ai.operation.name': 'chat' } },
        parentOf(api, opening),
      )
      return (record) => {
        if (span.isRecording()) {
          span.setAttributes(spanAttributes(record, redactor))
          if (content) span.setAttributes(conversationAttributes(record, redactor))
          if (errorOf(record) !== undefined) span.setStatus({ code: api.SpanStatusCode.ERROR })
        }
        span.end()
        measure(record)
      }
    },
  }
}

/** What traces the server's requests knows best; where nothing does, the caller's own word counts. */
function parentOf(
  { context, propagation, trace }: typeof Api,
  { traceContext }: TurnOpening,
): Api.Context {
  const active = context.active()
  if (!traceContext || trace.getSpanContext(active)) return active
  return propagation.extract(active, traceContext)
}
