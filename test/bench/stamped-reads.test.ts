import { Socket } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { StampedReads } from '../../src/bench/lane/stamped-reads.ts'

/** A socket whose reads are noted, with their stamps, when they are parsed. */
function parsed(note: (text: string, at: number | null) => void) {
  const socket = new Socket()
  const reads = new StampedReads(socket)
  socket.on('error', () => {})
  socket.on('readable', () => {
    for (let bytes = socket.read(); bytes !== null; bytes = socket.read()) {
      note(String(bytes), reads.at)
    }
  })
  return { socket, reads }
}

test('reads that are parsed together keep their own stamps', async () => {
  const seen: [string, number | null][] = []
  const { reads } = parsed((...read) => seen.push(read))
  reads.add(Buffer.from('ab'), 1)
  reads.add(Buffer.from('c'), 2)
  await expect.poll(() => seen.length).toBe(2)
  expect(seen).toEqual([
    ['ab', 1],
    ['c', 2],
  ])
  expect(reads.at).toBeNull()
})

test('what waits is parsed in the order in which it came in, all of it', async () => {
  const seen: (number | null)[] = []
  const stamps = Array.from({ length: 200 }, (_, i) => i)
  for (const at of stamps) parsed((_, stamp) => seen.push(stamp)).reads.add(Buffer.from('a'), at)
  await expect.poll(() => seen.length).toBe(stamps.length)
  expect(seen).toEqual(stamps)
})

test('turns in which reads come in are for these, except for a part of a backlog', async () => {
  let seen = 0
  const comeIn = (count: number) => {
    for (let i = 0; i < count; i++) parsed(() => seen++).reads.add(Buffer.from('a'), i)
  }
  for (let turn = 0; turn < 20; turn++) {
    comeIn(1)
    await nextTurn()
  }
  expect(seen).toBe(0)
  comeIn(6_400)
  for (let turn = 0; turn < 10; turn++) {
    comeIn(1)
    await nextTurn()
  }
  expect(seen).toBeGreaterThan(500)
  expect(seen).toBeLessThan(1_500)
  await expect.poll(() => seen).toBe(20 + 6_400 + 10)
})

test('a socket takes no more until what it took is parsed', () => {
  const { socket, reads } = parsed(() => {})
  expect(reads.add(Buffer.alloc(socket.readableHighWaterMark - 1), 1)).toBe(true)
  expect(reads.add(Buffer.alloc(1), 2)).toBe(false)
  reads.parse()
  expect(reads.add(Buffer.alloc(1), 3)).toBe(true)
})

test('what Node.js pushes itself, as within a tunnel, is stamped before it is parsed', async () => {
  const seen: [string, number | null][] = []
  const { socket } = parsed((...read) => seen.push(read))
  const before = performance.now()
  socket.push(Buffer.from('ab'))
  const after = performance.now()
  expect(seen).toEqual([])
  await expect.poll(() => seen.length).toBe(1)
  expect(seen[0]![0]).toBe('ab')
  expect(seen[0]![1]).toBeGreaterThanOrEqual(before)
  expect(seen[0]![1]).toBeLessThanOrEqual(after)
})

test('the end comes after what was read before it, and has its own stamp', async () => {
  const seen: string[] = []
  const { socket, reads } = parsed((text) => seen.push(text))
  const ended = new Promise<number>((resolve) => socket.once('end', () => resolve(reads.at!)))
  reads.add(Buffer.from('a'), 1)
  const before = performance.now()
  socket.push(null)
  socket.read(0)
  const after = performance.now()
  const at = await ended
  expect(seen).toEqual(['a'])
  expect(at).toBeGreaterThanOrEqual(before)
  expect(at).toBeLessThanOrEqual(after)
})

test('the end of an idle connection is told at once, since more would be sent on it', async () => {
  const { socket } = parsed(() => {})
  let hasEnded = false
  socket.once('end', () => (hasEnded = true))
  socket.push(null)
  socket.read(0)
  await new Promise<void>((resolve) => process.nextTick(resolve))
  expect(hasEnded).toBe(true)
})

test('a reader who asks unasked gets what waits, read by read', () => {
  const { socket, reads } = parsed(() => {})
  reads.add(Buffer.from('ab'), 1)
  reads.add(Buffer.from('c'), 2)
  expect([String(socket.read()), reads.at]).toEqual(['ab', 1])
  expect([String(socket.read()), reads.at]).toEqual(['c', 2])
  expect([socket.read(), reads.at]).toEqual([null, null])
})

test.each([
  { broke: 'by the system', error: { syscall: 'read' }, is: 'parsed' },
  { broke: 'by its reader', error: {}, is: 'dropped' },
])('when a socket is broken $broke, what waits is $is', async ({ error, is }) => {
  const seen: string[] = []
  const { socket, reads } = parsed((text) => seen.push(text))
  reads.add(Buffer.from('abc'), 1)
  await new Promise<void>((resolve) => process.nextTick(resolve))
  expect(seen).toEqual([])
  socket.destroy(Object.assign(new Error('broken'), error))
  expect(seen).toEqual(is === 'parsed' ? ['abc'] : [])
})
