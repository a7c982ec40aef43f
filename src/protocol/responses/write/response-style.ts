export const EVENT_STYLES = ['full', 'minimal'] as const
export const ERROR_STYLES = ['nested', 'flat', 'both'] as const

/** How responses are written, where servers differ. */
export interface ResponseStyle {
  /**
   * - `full`: all events in the order in which OpenAI sends them.
   * - `minimal`: the two that ElevenLabs documents, and those of calls.
   *
   * @defaultValue 'full'
   */
  readonly events?: (typeof EVENT_STYLES)[number]
  /**
   * Whether `data: [DONE]` ends a stream.
   *
   * @defaultValue false, as from OpenAI
   */
  readonly done?: boolean
  /**
   * Whether each event has an `event:` line.
   *
   * @defaultValue true, as from OpenAI
   */
  readonly eventLines?: boolean
  /**
   * How an `error` event has what went wrong: as OpenAI sends it, as its reference describes it, or both.
   *
   * @defaultValue 'nested'
   */
  readonly error?: (typeof ERROR_STYLES)[number]
}
