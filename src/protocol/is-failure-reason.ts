/** What servers give as the reason where not the model stopped, but something broke. */
const FAILURES = new Set([
  'abort',
  'aborted',
  'canceled',
  'cancelled',
  'engine_overloaded',
  'error',
  'failed',
  'insufficient_system_resource',
  'internal_error',
  'malformed_function_call',
  'network_error',
  'server_error',
  'timeout',
  'unavailable',
])

/** Whether a `finish_reason` says that the reply was cut off by a failure, as OpenRouter, DeepSeek and vLLM do. */
export function isFailureReason(reason: unknown): boolean {
  return typeof reason === 'string' && FAILURES.has(reason.toLowerCase())
}
