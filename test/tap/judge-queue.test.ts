import { expect, test } from 'vitest'
import { JudgeQueue } from '../../src/tap/judge/judge-queue.ts'
import type { Exchange } from '../../src/wire/index.ts'

function exchange(id: string, size = 10): Exchange {
  return {
    id,
    probe: 'tap',
    startedAt: new Date(0).toISOString(),
    connectMs: null,
    request: { method: 'POST', url: 'http://localhost/v1', headers: [], body: null },
    response: null,
    arrivals: [{ atMs: 0, bytes: new Uint8Array(size) }],
    decoded: null,
    end: { how: 'complete', atMs: 0 },
  }
}

/** A queue whose judge waits until it is let go on. */
function heldQueue(mostBytes?: number) {
  const { promise, resolve } = Promise.withResolvers<void>()
  const judged: string[] = []
  const behind: number[] = []
  const queue = new JudgeQueue<string>({
    judge: async ({ id }) => {
      await promise
      return id
    },
    onJudged: (_, id) => judged.push(id),
    onBehind: (waiting) => behind.push(waiting),
    ...(mostBytes !== undefined && { mostBytes }),
  })
  return { queue, judged, behind, letGo: resolve }
}

test('judges in order, behind who adds', async () => {
  const { queue, judged, letGo } = heldQueue()
  for (const id of ['a', 'b', 'c']) queue.add(exchange(id))
  expect(judged).toEqual([])
  letGo()
  await queue.idle()
  expect(judged).toEqual(['a', 'b', 'c'])
})

test('says when it is behind, and when it has caught up', async () => {
  const { queue, behind, letGo } = heldQueue()
  for (let i = 0; i < 30; i++) queue.add(exchange(String(i)))
  expect(behind).toEqual([20])
  letGo()
  await queue.idle()
  expect(behind).toEqual([20, 0])
})

test('leaves unjudged what is too much to wait, and goes on after that', async () => {
  const { queue, judged, letGo } = heldQueue(25)
  for (const id of ['a', 'b', 'c']) queue.add(exchange(id))
  expect(queue.unjudged).toBe(1)
  letGo()
  await queue.idle()
  queue.add(exchange('d'))
  await queue.idle()
  expect(judged).toEqual(['a', 'b', 'd'])
})
