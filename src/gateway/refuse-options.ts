import { SoundcheckError } from '../endpoint/index.ts'
import { BOUNDS } from './bounds.ts'
import type { CustomLlmOptions } from './custom-llm-options.ts'
import type { BufferWords, FallbackOptions, Limits, TurnsOptions } from './gateway-options.ts'

/** What a member takes: in words, and whether a value is such. */
interface Taken {
  readonly what: string
  readonly takes: (value: unknown) => boolean
}

type Members<T> = Readonly<Record<keyof T, Taken>>

/** Types are enough for it. */
const ANYTHING: Taken = { what: 'anything', takes: () => true }
const milliseconds: Taken = {
  what: `milliseconds, above 0 and at most ${BOUNDS.milliseconds}`,
  takes: (value) => typeof value === 'number' && value > 0 && value <= BOUNDS.milliseconds,
}

const GROUPS = {
  bufferWords: {
    afterMs: {
      what: `milliseconds, from 0 to ${BOUNDS.milliseconds}`,
      takes: (value) => value === 0 || milliseconds.takes(value),
    },
    words: ANYTHING,
    byLanguage: ANYTHING,
    afterTools: ANYTHING,
    seed: ANYTHING,
  } satisfies Members<BufferWords>,
  limits: {
    connectMs: milliseconds,
    firstContentMs: milliseconds,
    silenceMs: milliseconds,
    totalMs: milliseconds,
  } satisfies Members<Limits>,
  fallback: {
    retries: wholeNumber(0, BOUNDS.retries),
    failures: wholeNumber(1),
    coolOffMs: milliseconds,
  } satisfies Members<FallbackOptions>,
  turns: {
    cancelOlder: ANYTHING,
    joinSame: ANYTHING,
    byHistory: ANYTHING,
    header: ANYTHING,
  } satisfies Members<TurnsOptions>,
} satisfies Partial<Record<keyof CustomLlmOptions, Readonly<Record<string, Taken>>>>

const group: Taken = {
  what: 'an object',
  takes: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
}

const TAKEN: Members<CustomLlmOptions> = {
  model: ANYTHING,
  models: ANYTHING,
  apiKey: ANYTHING,
  bodyLimit: wholeNumber(1),
  bufferWords: group,
  limits: group,
  apology: ANYTHING,
  reasoning: {
    what: '"drop" or "send"',
    takes: (value) => value === 'drop' || value === 'send',
  },
  fallback: group,
  turns: group,
  cache: ANYTHING,
  storeResponses: ANYTHING,
  onExtraBody: ANYTHING,
  countTokens: ANYTHING,
  onError: ANYTHING,
  observers: ANYTHING,
}

/**
 * Refuses what would otherwise be ignored, or fail each request: who writes no TypeScript has no types.
 * Where it runs, there may be no compiler of schemas.
 *
 * @throws SoundcheckError that names the option.
 */
export function refuseOptions(options: CustomLlmOptions): void {
  refuse('', options, TAKEN)
  for (const [name, members] of Object.entries(GROUPS)) {
    const given = options[name as keyof typeof GROUPS]
    if (given !== undefined) refuse(`${name}.`, given, members)
  }
  if (options.bufferWords && options.bufferWords.afterMs === undefined) {
    throw unusable(`bufferWords.afterMs is missing: it takes ${GROUPS.bufferWords.afterMs.what}`)
  }
}

function refuse(prefix: string, given: object, members: Readonly<Record<string, Taken>>): void {
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue
    if (!Object.hasOwn(members, name)) {
      const known = Object.keys(members).join(', ')
      throw unusable(`there is no option ${JSON.stringify(prefix + name)}; there are ${known}`)
    }
    const { what, takes } = members[name]!
    if (takes(value)) continue
    const told = typeof value === 'number' ? String(value) : JSON.stringify(value)
    throw unusable(`${prefix}${name} is ${told}: it takes ${what}`)
  }
}

function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): Taken {
  return {
    what: `a whole number, at least ${least}${most < Number.MAX_SAFE_INTEGER ? ` and at most ${most}` : ''}`,
    takes: (value) =>
      Number.isInteger(value) && (value as number) >= least && (value as number) <= most,
  }
}

function unusable(message: string): SoundcheckError {
  return new SoundcheckError('INVALID_INPUT', `customLlm: ${message}`)
}
