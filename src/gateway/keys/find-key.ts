import type { KeyHolder } from '../gateway-call.ts'

/** Who may ask, and how much. */
export interface LimitedKeyHolder extends KeyHolder {
  /** Requests in a minute; as the gateway has it, when absent. */
  readonly perMinute?: number
  /** Tokens in a day, by UTC, in and out together; any number, when absent. */
  readonly tokensPerDay?: number
}

/** Finds out whose key it is; gives nothing for one that is nobody's. */
export type FindKey = (
  key: string,
) => LimitedKeyHolder | undefined | Promise<LimitedKeyHolder | undefined>
