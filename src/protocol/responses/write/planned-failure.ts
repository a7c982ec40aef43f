import type { Failure } from '../../dialect.ts'
import { isJsonObject, type Json, parseJson } from '../../json/json.ts'

/** What broke a response off, and after how much of it. */
export interface PlannedFailure {
  readonly afterTokens: number
  readonly type: string
  readonly code: string
  readonly message: string
  readonly param: string | null
}

/** Reads out of an error that is an answer of its own what an event says of it. */
export function plannedFailure({ afterTokens, reply }: Failure): PlannedFailure {
  const body = reply.frames.map((frame) => (frame.kind === 'bytes' ? String(frame.bytes) : ''))
  const json = parseJson(body.join(''))
  const said = isJsonObject(json) && isJsonObject(json['error']) ? json['error'] : {}
  const isLimit = reply.status === 429
  const text = (value: Json | undefined) => (typeof value === 'string' ? value : undefined)
  return {
    afterTokens,
    type: text(said['type']) ?? 'server_error',
    code: text(said['code']) ?? (isLimit ? 'rate_limit_exceeded' : 'server_error'),
    message: text(said['message']) ?? 'The model failed to generate a response.',
    param: text(said['param']) ?? null,
  }
}
