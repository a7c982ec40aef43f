import { expect, test } from 'vitest'
import { memoryLedger } from '../../../src/gateway/keys/token-ledger.ts'
import { tokenBudget } from '../../../src/gateway/keys/token-budget.ts'
import { turnRecord } from '../../support/turn-record.ts'

const fail = (error: unknown) => {
  throw error
}

test('a key that has spent its tokens has new ones at midnight', async () => {
  let now = Date.UTC(2026, 10, 27, 23, 59, 30)
  const budget = tokenBudget({ ledger: memoryLedger(), now: () => now, onError: fail })
  const spend = (input: number, output: number) => {
    const record = turnRecord({ key: 'eleven', usage: { input, output, source: 'upstream' } })
    budget.observer.began(record)(record)
  }
  const holder = { name: 'eleven', tokensPerDay: 100 }
  spend(60, 30)
  expect(await budget.refusal(holder)).toBeUndefined()
  spend(0, 10)
  const refused = await budget.refusal(holder)
  expect(refused?.status).toBe(429)
  expect(refused?.headers).toContainEqual(['retry-after', '30'])
  expect(await budget.refusal({ name: 'other', tokensPerDay: 1 })).toBeUndefined()
  expect(await budget.refusal({ name: 'eleven' })).toBeUndefined()
  now += 30_000
  expect(await budget.refusal(holder)).toBeUndefined()
})

test('what nobody used, or was paid for, is not counted', async () => {
  const budget = tokenBudget({ ledger: memoryLedger(), onError: fail })
  for (const record of [
    turnRecord({ key: 'eleven', usage: null }),
    turnRecord({ key: null }),
    turnRecord({ key: 'eleven', cache: 'hit' }),
    turnRecord({ key: 'eleven', isShared: true }),
  ]) {
    budget.observer.began(record)(record)
  }
  expect(await budget.refusal({ name: 'eleven', tokensPerDay: 1 })).toBeUndefined()
})

test('a ledger that cannot be reached costs no turn', async () => {
  const errors: unknown[] = []
  const gone = new Error('gone')
  const ledger = { spent: () => Promise.reject(gone), add: () => Promise.reject(gone) }
  const budget = tokenBudget({ ledger, onError: (error) => errors.push(error) })
  const record = turnRecord({ key: 'a', usage: { input: 1, output: 1, source: 'upstream' } })
  budget.observer.began(record)(record)
  await Promise.resolve()
  await Promise.resolve()
  expect(errors).toEqual([gone])
})
