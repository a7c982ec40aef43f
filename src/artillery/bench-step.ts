import type { JSONSchema } from 'json-schema-to-ts'
import { type BenchOptions, type Load, SoundcheckError } from '../bench/index.ts'
import { validatorOf, isJsonObject } from '../protocol/index.ts'

/** The one step of a scenario: the options of a benchmark, as YAML can hold them. */
export interface BenchStep extends Pick<
  BenchOptions,
  | 'model'
  | 'timeoutMs'
  | 'load'
  | 'extent'
  | 'seed'
  | 'budgets'
  | 'speechRule'
  | 'charactersPerSecond'
  | 'ttsDelayMs'
  | 'calibrate'
  | 'stopAtErrorRate'
> {
  readonly headers?: Readonly<Record<string, string>>
  /** What is asked; a few questions of callers, when absent. */
  readonly questions?: readonly string[]
  /** Whether a stream that breaks the contract is a failure; true when absent. */
  readonly contract?: boolean
  /** The part that this worker sends, counted from 0: `0/3`. */
  readonly shard?: string
  /** When all shards start: a time such as `2026-01-31T12:00:00Z`, seconds since 1970, or `now`. */
  readonly startAt?: string
  /** Where the report goes: a file, or a URL that takes a PUT. */
  readonly out: string
}

const text = { type: 'string' } as const
const number = { type: 'number' } as const
const texts = { type: 'array', minItems: 1, items: text } as const

const closed = { kind: { const: 'closed' }, concurrency: number } as const
const open = {
  kind: { const: 'open' },
  spacing: { enum: ['constant', 'poisson'] },
  ratePerSecond: number,
  toRatePerSecond: number,
} as const

const load = {
  type: 'object',
  required: ['kind'],
  properties: { kind: { enum: ['closed', 'open'] satisfies Load['kind'][] } },
  if: { properties: { kind: { const: 'open' } } },
  then: {
    required: ['spacing', 'ratePerSecond'],
    additionalProperties: false,
    properties: open,
  },
  else: { required: ['concurrency'], additionalProperties: false, properties: closed },
} as const satisfies JSONSchema

const stepSchema = {
  type: 'object',
  required: ['out'],
  additionalProperties: false,
  properties: {
    model: text,
    headers: { type: 'object', additionalProperties: text },
    timeoutMs: number,
    load,
    extent: {
      type: 'object',
      additionalProperties: false,
      properties: { warmupMs: number, durationMs: number, requests: number },
    },
    seed: { type: 'integer' },
    questions: texts,
    budgets: texts,
    speechRule: text,
    charactersPerSecond: number,
    ttsDelayMs: number,
    calibrate: { type: 'boolean' },
    contract: { type: 'boolean' },
    stopAtErrorRate: number,
    shard: text,
    startAt: text,
    out: { type: 'string', minLength: 1 },
  } satisfies Record<keyof BenchStep, JSONSchema>,
} as const satisfies JSONSchema

const violationsOf = validatorOf(stepSchema)

/**
 * Reads the flow of a scenario, its variables filled in.
 *
 * @throws SoundcheckError for anything but one step with options that there are.
 */
export function readBenchStep(flow: unknown): BenchStep {
  const [first, ...others] = Array.isArray(flow) ? (flow as unknown[]) : []
  const step = isJsonObject(first) && Object.keys(first).length === 1 ? first['bench'] : undefined
  if (others.length > 0 || !isJsonObject(step)) {
    throw unusable('the flow must be one step, "bench", with the options of the run below it')
  }
  if ('apiKey' in step) {
    throw unusable('leave out "apiKey", and set SOUNDCHECK_API_KEY: keys belong to the environment')
  }
  const [unset] = unsetIn(step)
  if (unset !== undefined) {
    throw unusable(
      `the variable of ${unset} is not set; give it with --variables, or in config.variables`,
    )
  }
  const [violation] = violationsOf(step)
  if (!violation) return step as unknown as BenchStep
  throw unusable(`${violation.path} ${violation.message}`.trim())
}

/** Where Artillery knew no value for a variable. */
function unsetIn(value: unknown, path = ''): string[] {
  if (value === undefined) return [path]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, each]) => unsetIn(each, `${path}/${name}`))
}

function unusable(why: string): SoundcheckError {
  return new SoundcheckError('INVALID_INPUT', `the scenario cannot be run: ${why}`)
}
