import { Recent } from '../../wire/index.ts'

/** Counts the tokens that keys have spent in a day. */
export interface TokenLedger {
  readonly spent: (key: string, day: string) => Promise<number>
  readonly add: (key: string, day: string, tokens: number) => Promise<void>
}

/** A function may give any number of names. */
const MOST_KEYS = 10_000

/** Counts in this process. */
export function memoryLedger(): TokenLedger {
  const counts = new Recent<string, number>(MOST_KEYS)
  const spent = (key: string, day: string) => counts.get(`${day} ${key}`) ?? 0
  return {
    spent: async (key, day) => spent(key, day),
    async add(key, day, tokens) {
      counts.set(`${day} ${key}`, spent(key, day) + tokens)
    },
  }
}
