import {
  type BenchOptions,
  parseMoment,
  parseShard,
  questionRequests,
  type Shard,
  SoundcheckError,
} from '../bench/index.ts'
import { firstBreach } from '../conformance/index.ts'
import type { BenchStep } from './bench-step.ts'

/**
 * What the measuring core is asked for.
 *
 * @throws SoundcheckError for a shard or a time that is none.
 */
export function toBenchOptions(step: BenchStep, url: string): BenchOptions {
  const { headers, questions, contract, shard, startAt, out: _, ...options } = step
  const apiKey = process.env['SOUNDCHECK_API_KEY']
  return {
    ...options,
    url,
    ...(apiKey && { apiKey }),
    proxy: process.env,
    ...(headers && { headers: Object.entries(headers) }),
    ...(questions && { requests: questionRequests(questions) }),
    explain: firstBreach,
    ...(contract !== false && { judge: firstBreach }),
    ...(shard !== undefined && { shard: toShard(shard) }),
    ...(startAt !== undefined && startAt !== 'now' && { startAt: toMoment(startAt) }),
  }
}

function toShard(text: string): Shard {
  const shard = parseShard(text)
  if (shard) return shard
  throw new SoundcheckError(
    'INVALID_INPUT',
    `"${text}" is not a shard; write 0/3, 1/3 or 2/3, or 0/1 for the whole run`,
  )
}

function toMoment(text: string): number {
  const moment = parseMoment(text)
  if (moment !== undefined) return moment
  throw new SoundcheckError(
    'INVALID_INPUT',
    `"${text}" is not a time to start at; write it as 2026-01-31T12:00:00Z, in seconds since 1970, or now`,
  )
}
