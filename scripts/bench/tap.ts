// How much later the first content comes through a tap, beside the same endpoint asked directly.
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Connection } from './connection.ts'
import { quantile } from './results.ts'
import { eventTimes, paced } from './server/load.ts'
import { PACE, requestTo } from './server/workload.ts'
import { type Usage, withProcess } from './with-process.ts'

const ROUNDS = Number(process.argv[2] ?? 3)
const AT_ONCE = requestTo('At once.')
/** Streams one after the other in a wave of them: few are the first ones, for which idle processes wake. */
const IN_A_ROW = 400
const LOADS = [1, 64, 512]
const WAVES_OF_ONE = 5
/** Until what is called often is compiled. */
const WARM_UP_WAVES = 10
const LULL_MS = 500

const PART = fileURLToPath(new URL('./tap/part.ts', import.meta.url))
const DIRECT = 'direct'
/** As `tap/part.ts` is started: the endpoint, and what stands before it. */
const WAYS = [
  { name: DIRECT, kind: 'server', more: [] },
  { name: 'bare pipe', kind: 'pipe', more: [] },
  { name: 'tap', kind: 'pass', more: [] },
  { name: 'tap that judges', kind: 'pass', more: ['judged'] },
]

/** One that is asked. */
interface Way {
  readonly name: string
  readonly port: number
  readonly usage: () => Usage
}

/** Starts those that are missing beside those that run; all run as long as the work takes. */
function withAll(
  ways: readonly Way[],
  work: (ways: readonly Way[]) => Promise<void>,
): Promise<void> {
  const missing = WAYS[ways.length]
  if (!missing) return work(ways)
  const { name, kind, more } = missing
  const upstream = ways.slice(0, 1).map(({ port }) => `http://127.0.0.1:${port}`)
  return withProcess({ args: [PART, kind, ...upstream, ...more] }, (port, usage) =>
    withAll([...ways, { name, port, usage }], work),
  )
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
  return (await paced(port, count)).map((times) => times[1]! - PACE.ttft)
}

async function measure(ways: readonly Way[]): Promise<void> {
  const late = new Map<string, number[]>()
  const add = (key: string, values: readonly number[]) =>
    late.set(key, [...(late.get(key) ?? []), ...values])
  for (const { port } of ways) for (let i = 0; i < WARM_UP_WAVES; i++) await inARow(port)
  for (const streams of LOADS) {
    process.stderr.write(`${streams} at a time\n`)
    for (let wave = 0; wave < (streams === 1 ? WAVES_OF_ONE : 1) * ROUNDS; wave++) {
      // Interleaved, so that whatever else the machine does falls on all.
      for (const { name, port } of ways) {
        add(`${name} ${streams}`, await lateness(port, streams))
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
    for (const { name } of ways) {
      const added = [0.5, 0.99].map((q) => (at(name, q) - at(DIRECT, q)).toFixed(2))
      write([`${streams}`, name, at(name, 0.5).toFixed(2), at(name, 0.99).toFixed(2), ...added])
    }
  }
  for (const { name, usage } of ways) {
    process.stdout.write(`${name}: ${usage().rss.toFixed(0)} MiB\n`)
  }
}

await withAll([], measure)
