import type { Dialect, ResponseStyle, StandIn } from '../protocol/index.ts'
import type { AnyReply, Clock } from '../wire/index.ts'
import type { FindFault } from './faults/find-fault.ts'
import type { Model } from './model.ts'
import type { Pacing } from './pacing/pacing.ts'
import type { Scenario } from './scenario/spec/scenario.ts'

/**
 * What a mock answers, and how fast.
 *
 * @example
 * {
 *   scenarios: [{ when: { user: 'hello' }, then: { text: 'Good morning.' } }],
 *   pacing: { ttft: 300, tokensPerSecond: 50 },
 *   strict: true,
 * }
 */
export interface MockLlmOptions {
  /**
   * Tried in their order; the first that matches answers.
   *
   * @defaultValue none
   */
  readonly scenarios?: readonly Scenario[]
  /**
   * Other seeds give other words, ids, times and faults.
   *
   * @defaultValue 0
   */
  readonly seed?: number
  /**
   * Refuses what no scenario matches, and tells which came nearest.
   *
   * @defaultValue false
   */
  readonly strict?: boolean
  /**
   * Answers what no scenario matches.
   *
   * @defaultValue the deterministic default model
   */
  readonly model?: Model<AnyReply>
  /**
   * How fast answers come that have no pacing of their own.
   *
   * @defaultValue at once
   */
  readonly pacing?: Pacing
  /**
   * Names of models that requests may ask for.
   *
   * @defaultValue any name
   */
  readonly modelNames?: readonly string[]
  /**
   * Also refuses what this API refuses and platforms send, such as `max_tokens: -1` and members of
   * their own: to stand behind a proxy that should have taken it out.
   */
  readonly as?: StandIn
  /**
   * Finds the faults that scenarios and headers name.
   *
   * @defaultValue those of the network
   */
  readonly findFault?: FindFault
  /**
   * Lets requests choose a fault with the header `x-soundcheck-fault`.
   *
   * @defaultValue false
   */
  readonly faultHeader?: boolean
  /**
   * Those that it answers in.
   *
   * @defaultValue all that there are
   */
  readonly dialects?: readonly Dialect[]
  /**
   * How it writes in the Responses API, where servers differ: all events or the few that ElevenLabs
   * documents, with or without `[DONE]` and `event:` lines, errors nested or flat.
   *
   * @defaultValue as OpenAI does
   */
  readonly responses?: ResponseStyle
  /**
   * What time it is, and how to wait.
   *
   * @defaultValue real time
   */
  readonly clock?: Clock
}
