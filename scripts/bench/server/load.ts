import { setTimeout as sleep } from 'node:timers/promises'
import { Connection, requestBytes, type Stream } from './client.ts'
import type { Usage } from './processes.ts'
import { quantile } from './results.ts'

const SPREAD_MS = 1_300

/** As many streams as a server can in so long, so many of them at once: how many it finishes. */
export async function burst(
  port: number,
  concurrency: number,
  requests: readonly Buffer[],
  usage: () => Usage,
  durationMs: number,
): Promise<{ perSecond: number; perCpuSecond: number }> {
  const connections = await openAll(port, concurrency, false)
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
  const connection = await Connection.open(port, false)
  const request = requestBytes()
  const times: number[] = []
  for (let i = 0; i < 600; i++) times.push((await connection.ask(request)).firstByteMs)
  connection.close()
  return quantile(times.slice(100), 0.5)
}

/** So many streams, begun over a while, each at its pace. */
export async function paced(port: number, count: number): Promise<Stream[]> {
  const connections = await openAll(port, count, true)
  const request = requestBytes()
  const streams = await Promise.all(
    connections.map(async (connection, i) => {
      await sleep((i / count) * SPREAD_MS)
      return connection.ask(request)
    }),
  )
  for (const connection of connections) connection.close()
  return streams
}

async function openAll(port: number, count: number, timed: boolean): Promise<Connection[]> {
  const connections: Connection[] = []
  // One after the other, since a backlog is short.
  while (connections.length < count) connections.push(await Connection.open(port, timed))
  return connections
}
