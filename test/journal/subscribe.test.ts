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
