import { errorReply } from '../../protocol/index.ts'
import type { Reply } from '../../wire/index.ts'
import { tokensSpent } from '../account/tokens-spent.ts'
import type { TurnObserver } from '../account/turn-record.ts'
import type { LimitedKeyHolder } from './find-key.ts'
import type { TokenLedger } from './token-ledger.ts'

/** Holds keys to what they may spend in a day. */
export interface TokenBudget {
  /** Counts what turns have used. */
  readonly observer: TurnObserver
  /** Refuses a key that has spent its tokens; what is under way is not counted yet. */
  readonly refusal: (holder: LimitedKeyHolder) => Promise<Reply | undefined>
}

export interface TokenBudgetOptions {
  readonly ledger: TokenLedger
  /** Milliseconds since 1970. */
  readonly now?: () => number
  /** Told why tokens could not be counted. */
  readonly onError: (error: unknown) => void
}

const DAY_MS = 86_400_000

export function tokenBudget({ ledger, now = Date.now, onError }: TokenBudgetOptions): TokenBudget {
  const today = () => new Date(now()).toISOString().slice(0, 10)
  return {
    observer: {
      began: () => (record) => {
        const tokens = tokensSpent(record)
        if (record.key === null || tokens === null) return
        ledger.add(record.key, today(), tokens.input + tokens.output).catch(onError)
      },
    },
    async refusal({ name, tokensPerDay }) {
      if (tokensPerDay === undefined) return undefined
      if ((await ledger.spent(name, today())) < tokensPerDay) return undefined
      const waitMs = DAY_MS - (now() % DAY_MS)
      return errorReply({
        status: 429,
        message: `This key has spent its ${tokensPerDay} tokens of today. It has new ones at midnight, UTC.`,
        type: 'insufficient_quota',
        code: 'insufficient_quota',
        headers: [['retry-after', String(Math.ceil(waitMs / 1_000))]],
      })
    },
  }
}
