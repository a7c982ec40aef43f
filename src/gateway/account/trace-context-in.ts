import { type Header, headerValue } from '../../wire/index.ts'
import type { TurnOpening } from './turn-record.ts'

/** The trace to which a request says that it belongs. */
export function traceContextIn(headers: readonly Header[]): Pick<TurnOpening, 'traceContext'> {
  const traceparent = headerValue(headers, 'traceparent')
  const tracestate = headerValue(headers, 'tracestate')
  if (traceparent === undefined) return {}
  return { traceContext: { traceparent, ...(tracestate !== undefined && { tracestate }) } }
}
