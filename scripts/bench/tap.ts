// How much later the first content comes through a tap, beside the same endpoint asked directly.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { Connection } from './connection.ts'
import { quantile } from './results.ts'
import { PACE, requestTo } from './server/workload.ts'

const ROUNDS = Number(process.argv[2] ?? 3)
const AT_ONCE = requestTo('At once.')
const PACED = requestTo()
/** Streams one after the other in a wave of them: few are the first ones, for which idle processes wake. */
const IN_A_ROW = 400
const LOADS = [1, 64, 512]
const WAVES_OF_ONE = 5
/** Until what is called often is compiled. */
const WARM_UP_WAVES = 10
const LULL_MS = 500
const SPREAD_MS = 1_300

const EVENT = Buffer.from('\n\n')

const parts: ChildProcess[] = []

/** Starts a process of the benchmark; gives the port on which it listens, and its id. */
async function start(...args: readonly string[]): Promise<{ port: number; pid: number }> {
  const file = new URL('./tap/part.ts', import.meta.url).pathname
  const part = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  parts.push(part)
  const [url] = await once(part.stdout, 'data')
  return { port: Number(new URL(String(url).trim()).port), pid: part.pid! }
}

/** When the first token of streams came, beyond its time: of one after the other, or of many at once. */
function lateness(port: number, streams: number): Promise<number[]> {
  return streams === 1 ? inARow(port) : atOnce(port, streams)
}

async function inARow(port: number): Promise<number[]> {
  const connection = await Connection.open(port)
  const late: number[] = []
  while (late.length < IN_A_ROW) late.push((await eventTimes(connection, AT_ONCE))[1]!)
  connection.close()
  return late
}

/** Begun over a while, each at its pace. */
async function atOnce(port: number, count: number): Promise<number[]> {
  const connections: Connection[] = []
  // One after the other, since a backlog is short.
  while (connections.length < count) connections.push(await Connection.open(port))
  const streams = await Promise.all(
    connections.map(async (connection, i) => {
      await sleep((i / count) * SPREAD_MS)
      return eventTimes(connection, PACED)
    }),
  )
  for (const connection of connections) connection.close()
  return streams.map((times) => times[1]! - PACE.ttft)
}

/** When each event of an answer had come, in milliseconds since it was asked for. */
async function eventTimes(connection: Connection, request: Buffer): Promise<number[]> {
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

/** From what Linux tells of a process. */
const residentMiB = (pid: number) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1_024

try {
  const server = await start('server')
  const url = `http://127.0.0.1:${server.port}`
  const ways = {
    direct: server,
    'bare pipe': await start('pipe', url),
    tap: await start('pass', url),
    'tap that judges': await start('pass', url, 'judged'),
  }
  const names = Object.keys(ways) as (keyof typeof ways)[]
  const late = new Map<string, number[]>()
  const add = (key: string, values: readonly number[]) =>
    late.set(key, [...(late.get(key) ?? []), ...values])
  for (const name of names) for (let i = 0; i < WARM_UP_WAVES; i++) await inARow(ways[name].port)
  for (const streams of LOADS) {
    process.stderr.write(`${streams} at a time\n`)
    for (let wave = 0; wave < (streams === 1 ? WAVES_OF_ONE : 1) * ROUNDS; wave++) {
      // Interleaved, so that whatever else the machine does falls on all.
      for (const name of names) {
        add(`${name} ${streams}`, await lateness(ways[name].port, streams))
        // What is judged of one is not to stand before the next.
        await sleep(LULL_MS)
      }
    }
  }
  const write = (cells: readonly string[]) => process.stdout.write(`| ${cells.join(' | ')} |\n`)
  write(['streams', 'way', 'late p50, ms', 'p99', 'added p50, ms', 'added p99'])
  write(['--:', '---', '--:', '--:', '--:', '--:'])
  for (const streams of LOADS) {
    const at = (name: string, q: number) => quantile(late.get(`${name} ${streams}`)!, q)
    for (const name of names) {
      const added = [0.5, 0.99].map((q) => (at(name, q) - at('direct', q)).toFixed(2))
      write([`${streams}`, name, at(name, 0.5).toFixed(2), at(name, 0.99).toFixed(2), ...added])
    }
  }
  for (const name of names) {
    process.stdout.write(`${name}: ${residentMiB(ways[name].pid).toFixed(0)} MiB\n`)
  }
} finally {
  for (const part of parts) part.kill()
}
