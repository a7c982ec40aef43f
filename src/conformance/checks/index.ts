import type { Dialect } from '../../protocol/index.ts'
import type { Check } from '../check/define-check.ts'
import type { Group } from './group.ts'
import { behaviour } from './behaviour/index.ts'
import { chunk } from './chunk/index.ts'
import { errors } from './errors/index.ts'
import { events } from './events/index.ts'
import { isolation } from './isolation/index.ts'
import { latency } from './latency/index.ts'
import { models } from './models/index.ts'
import { replay } from './replay/index.ts'
import { request } from './request/index.ts'
import { sse } from './sse/index.ts'
import { state } from './state/index.ts'
import { stream } from './stream/index.ts'
import { tools } from './tools/index.ts'
import { transport } from './transport/index.ts'
import { voice } from './voice/index.ts'

/** All groups, in the order in which they are told. */
export const groups: readonly Group[] = [
  transport,
  request,
  sse,
  chunk,
  events,
  stream,
  tools,
  state,
  isolation,
  replay,
  voice,
  errors,
  behaviour,
  models,
  latency,
]

/** All checks, in that order. */
export const checks: readonly Check[] = groups.flatMap((group) => group.checks)

/** Those that can judge answers in a dialect, in its words. */
export function checksFor({ id }: Dialect): readonly Check[] {
  return checks
    .filter(({ dialect = id }) => dialect === id)
    .map((check) => (check.wordsIn?.[id] ? { ...check, ...check.wordsIn[id] } : check))
}
