import { Socket } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { StampedReads } from '../../src/bench/lane/stamped-reads.ts'

/** A socket whose reads are noted, with their stamps, when they are parsed. */
function parsed() {
  const socket = new Socket()
  const reads = new StampedReads(socket)
  const seen: [string, number | null][] = []
  socket.on('error', () => {})
  socket.on('readable', () => {
    for (let bytes = socket.read(); bytes !== null; bytes = socket.read()) {
      seen.push([String(bytes), reads.at])
    }
  })
  return { socket, reads, seen }
}

/** Streams tell what came in when the code that brought it is done. */
const told = () => new Promise<void>((resolve) => process.nextTick(resolve))

async function turn() {
  await told()
  await nextTurn()
}

test('reads that are parsed together keep their own stamps', async () => {
  const { reads, seen } = parsed()
  reads.add(Buffer.from('ab'), 1)
  reads.add(Buffer.from('c'), 2)
  await turn()
  expect(seen).toEqual([
    ['ab', 1],
    ['c', 2],
  ])
  expect(reads.at).toBeNull()
})

test.each([
  { sockets: 3, perTurn: 1 },
  { sockets: 130, perTurn: 3 },
])('of $sockets sockets, $perTurn in the first turn', async ({ sockets, perTurn }) => {
  const all = Array.from({ length: sockets }, parsed)
  for (const [i, { reads }] of all.entries()) reads.add(Buffer.from('a'), i)
  const count = () => all.filter(({ seen }) => seen.length > 0).length
  await turn()
  expect(count()).toBe(perTurn)
  expect(all[0]!.seen).toEqual([['a', 0]])
  for (let turns = 1; turns < sockets; turns++) await turn()
  expect(count()).toBe(sockets)
})

test.each([
  { broke: 'by the system', error: { syscall: 'read' }, is: 'parsed' },
  { broke: 'by its reader', error: {}, is: 'dropped' },
])('when a socket is broken $broke, what waits is $is', async ({ error, is }) => {
  const { socket, reads, seen } = parsed()
  reads.add(Buffer.from('abc'), 1)
  await told()
  socket.destroy(Object.assign(new Error('broken'), error))
  expect(seen).toEqual(is === 'parsed' ? [['abc', 1]] : [])
})
