import { expect, test, vi } from 'vitest'
import { Journal, type JournalEvent } from '../../src/journal/index.ts'
import { realClock } from '../../src/wire/index.ts'

const REQUEST = { method: 'POST', url: '/', headers: [], body: null }

test('a journal tells of requests and ends, until nobody listens any more', () => {
  const journal = new Journal(realClock)
  const told: [JournalEvent['kind'], number, JournalEvent['entry']['ending']][] = []
  const unsubscribe = journal.subscribe(({ kind, entry }) =>
    told.push([kind, entry.id, entry.ending]),
  )
  const first = journal.open(REQUEST)
  const second = journal.open(REQUEST)
  second.ended('client-left', 5)
  // Only the first ending counts.
  second.ended('complete', 6)
  unsubscribe()
  first.ended('complete', 7)
  expect(told).toEqual([
    ['opened', 1, null],
    ['opened', 2, null],
    ['ended', 2, 'client-left'],
  ])
})

test('a listener that throws costs no other one, and no answer', () => {
  const thrown: (() => void)[] = []
  vi.stubGlobal('queueMicrotask', (run: () => void) => thrown.push(run))
  const journal = new Journal(realClock)
  const told: string[] = []
  journal.subscribe(() => {
    throw new Error('no')
  })
  journal.subscribe(({ kind }) => told.push(kind))
  journal.open(REQUEST).ended('complete', 1)
  vi.unstubAllGlobals()
  expect(told).toEqual(['opened', 'ended'])
  expect(thrown).toHaveLength(2)
  expect(thrown[0]).toThrow('no')
})

test('the same function may listen twice, and is heard as often', () => {
  const journal = new Journal(realClock)
  const listener = vi.fn<(event: JournalEvent) => void>()
  const unsubscribe = journal.subscribe(listener)
  journal.subscribe(listener)
  journal.open(REQUEST)
  unsubscribe()
  journal.open(REQUEST)
  expect(listener).toHaveBeenCalledTimes(3)
})

test('who listens from within is told of what comes next', () => {
  const journal = new Journal(realClock)
  const told: number[] = []
  const unsubscribe = journal.subscribe(() => {
    unsubscribe()
    journal.subscribe(({ entry }) => told.push(entry.id))
  })
  journal.open(REQUEST)
  journal.open(REQUEST)
  expect(told).toEqual([2])
})
