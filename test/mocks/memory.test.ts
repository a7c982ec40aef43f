import { expect, test } from 'vitest'
import { FaultMemory } from '../../src/mocks/faults/fault-memory.ts'
import { Journal } from '../../src/journal/journal.ts'
import { MAX_SCOPES } from '../../src/journal/max-scopes.ts'
import { Attempts } from '../../src/mocks/scenario/match/attempts.ts'
import { type Call, type Handler, jsonReply, realClock } from '../../src/wire/index.ts'

const request = (scope: string) => ({
  method: 'POST',
  url: '/',
  headers: [['x-soundcheck-scope', scope]] as const,
  body: null,
})
const GONE = new AbortController().signal

test('the journal forgets what scopes lost that were not used for long, and counts on', () => {
  const journal = new Journal(realClock)
  const scopes = Array.from({ length: 2 * MAX_SCOPES }, (_, i) => `${i}`)
  for (const scope of scopes) journal.open(request(scope)).ended('complete', 0)
  const dropped = journal.dropped()
  expect(dropped).toBe(scopes.length - journal.entries().length)
  expect(journal.dropped('0')).toBe(0)
  expect(journal.dropped(String(dropped - 1))).toBe(1)
  journal.clear(String(dropped - 1))
  expect(journal.dropped()).toBe(dropped - 1)
  journal.clear()
  expect(journal.dropped()).toBe(0)
})

test('the journal counts what was written as it counts what was asked', () => {
  const journal = new Journal(realClock)
  for (let i = 0; i < 500; i++) {
    const entry = journal.open(request('x'))
    for (let write = 0; write < 10_000; write++) entry.wrote(write, 0, 0)
    entry.ended('complete', 0)
  }
  const writes = journal.entries().reduce((sum, entry) => sum + entry.writes.length, 0)
  expect(writes).toBeLessThan(1_200_000)
  expect(journal.entries().length).toBeGreaterThan(50)
})

test('attempts of long ago are forgotten, in whatever scope', () => {
  const attempts = new Attempts()
  const count = (scope: string, print: number) => attempts.counter(scope, () => print)()
  expect([count('a', 1), count('a', 1), count('b', 1)]).toEqual([1, 2, 1])
  attempts.reset('a')
  expect([count('a', 1), count('b', 1)]).toEqual([1, 2])
  for (let i = 0; i < 200_000; i++) count(`${i}`, i)
  expect(count('b', 1)).toBe(1)
})

test('faults forget scopes that were not used for long', async () => {
  const memory = new FaultMemory()
  let wrapped = 0
  const fault = {
    wrap<C extends Call>(handler: Handler<C>) {
      wrapped++
      return handler
    },
  }
  const handler = memory.inject(fault, async () => jsonReply(200, {}))
  const ask = (scope: string) => handler(request(scope), { gone: GONE, scope, entry: undefined })
  await ask('first')
  await ask('first')
  expect(wrapped).toBe(1)
  for (let i = 0; i < MAX_SCOPES; i++) await ask(`${i}`)
  await ask('first')
  expect(wrapped).toBe(MAX_SCOPES + 2)
})
