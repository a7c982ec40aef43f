import { setTimeout as sleep } from 'node:timers/promises'
import { Connection, openAll } from '../connection.ts'
import { quantile } from '../results.ts'
import type { Usage } from '../with-process.ts'
import { requestTo } from './workload.ts'

const SPREAD_MS = 1_300
const EVENT = Buffer.from('\n\n')

/** As many streams as a server can in so long, so many of them at once: how many it finishes. */
export async function burst(
  port: number,
  concurrency: number,
  requests: readonly Buffer[],
  usage: () => Usage,
  durationMs: number,
): Promise<{ perSecond: number; perCpuSecond: number }> {
  const connections = await openAll(port, concurrency)
  const before = usage()
  const start = performance.now()
  let asked = 0
  const work = async (connection: Connection) => {
    while (performance.now() < start + durationMs) {
      await connection.ask(requests[asked++ % requests.length]!)
    }
  }
  // All that was asked is finished then.
  await Promise.all(connections.map(work))
  const seconds = (performance.now() - start) / 1_000
  const after = usage()
  for (const connection of connections) connection.close()
  return {
    perSecond: asked / seconds,
    perCpuSecond: asked / (after.cpuSeconds - before.cpuSeconds),
  }
}

/** Requests one after the other: the median time to the first byte, in milliseconds. */
export async function firstByteMs(port: number): Promise<number> {
  const connection = await Connection.open(port)
  const request = requestTo()
  const times: number[] = []
  for (let i = 0; i < 600; i++) {
    const sentAt = performance.now()
    let firstMs: number | undefined
    await connection.ask(request, () => (firstMs ??= performance.now() - sentAt))
    times.push(firstMs!)
  }
  connection.close()
  return quantile(times.slice(100), 0.5)
}

/** So many streams, begun over a while, each at its pace: when each event had come, in milliseconds. */
export async function paced(port: number, count: number): Promise<number[][]> {
  const connections = await openAll(port, count)
  const request = requestTo()
  const streams = await Promise.all(
    connections.map(async (connection, i) => {
      await sleep((i / count) * SPREAD_MS)
      return eventTimes(connection, request)
    }),
  )
  for (const connection of connections) connection.close()
  return streams
}

/** When each event of an answer had come, in milliseconds since it was asked for. */
export async function eventTimes(connection: Connection, request: Buffer): Promise<number[]> {
  const times: number[] = []
  const askedAt = performance.now()
  await connection.ask(request, (bytes) => {
    const atMs = performance.now() - askedAt
    for (let at = bytes.indexOf(EVENT); at >= 0; at = bytes.indexOf(EVENT, at + EVENT.length)) {
      times.push(atMs)
    }
  })
  return times
}
