import { resolveTarget, SoundcheckError, type Target } from '../../endpoint/index.ts'
import { type Dialect, dialectFor, responses } from '../../protocol/index.ts'
import { parseSpeechRule, type SpeechRule } from '../../speech/index.ts'
import { type BenchBudget, parseBenchBudget } from '../budgets/parse-bench-budget.ts'
import { checkStart } from '../plan/check-start.ts'
import { checkLoad, type Extent, type Load } from '../plan/load.ts'
import { isChained } from '../plan/is-chained.ts'
import { questionRequests, type Requests, sendingAlong } from '../plan/requests.ts'
import type { BenchOptions } from './bench-options.ts'

export const DEFAULT_SPEECH_RULE = 'elevenlabs-sentence'
const DEFAULT_EXTENT: Extent = { warmupMs: 3_000, durationMs: 30_000, requests: null }

/** What a run needs, with everything decided. */
export interface RunPlan {
  readonly dialect: Dialect
  readonly target: Target
  readonly load: Load
  readonly extent: Extent
  readonly seed: number
  readonly requests: Requests
  readonly budgets: readonly BenchBudget[]
  readonly rule: SpeechRule
  readonly abort: AbortSignal
}

/** @throws SoundcheckError for options that make no sense. */
export function planRun(options: BenchOptions): RunPlan {
  const { load = { kind: 'closed', concurrency: 1 }, speechRule = DEFAULT_SPEECH_RULE } = options
  const extent = { ...DEFAULT_EXTENT, ...options.extent }
  checkLoad(load, extent, options.shard)
  checkStart(options.startAt, extent)
  const rule = parseSpeechRule(speechRule)
  if (!rule) {
    throw new SoundcheckError(
      'INVALID_INPUT',
      `there is no speech rule "${speechRule}"; write elevenlabs-sentence, vapi, livekit, pipecat or chars:120, with 1 to 99999 characters`,
    )
  }
  const { requests = questionRequests(), extraBody } = options
  const dialect = options.dialect ?? dialectToAsk(options)
  // Lanes are threads: what they read an id by cannot be handed to them.
  if (isChained(requests) && dialect.id !== responses.id) {
    throw new SoundcheckError(
      'INVALID_INPUT',
      'only the Responses API lets turns go on from the answer before: ask in it, or send all of each conversation',
    )
  }
  return {
    dialect,
    target: resolveTarget(options, dialect),
    load,
    extent,
    seed: options.seed ?? 0,
    requests: extraBody === undefined ? requests : sendingAlong(requests, extraBody),
    budgets: (options.budgets ?? []).flatMap(parseBenchBudget),
    rule,
    abort: options.signal ?? new AbortController().signal,
  }
}

function dialectToAsk({ url, apiType }: BenchOptions): Dialect {
  const dialect = dialectFor(url, apiType)
  if (dialect) return dialect
  throw new SoundcheckError(
    'INVALID_INPUT',
    `the URL ends in the path of another API than ${apiType}: give the base URL, or another API type`,
  )
}
