// What the mock server costs and how well it keeps time, beside others that do the same work.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { Connection, requestBytes, type Stream } from './server/client.ts'
import { contenders } from './server/contenders.ts'
import { events, PACE, TOKENS } from './server/workload.ts'

const ROUNDS = 1
const WARM_UP_MS = 500
const BURST_MS = 1_500
const CONCURRENCY = [64, 512, 2_000]
const PACED_STREAMS = [500, 2_000]
const SPREAD_MS = 1_300
const EVENTS = events().length
/** Variants to see what varies costs; elsewhere a request is sent again and again. */
const DISTINCT = 5_000

const names = Object.keys(contenders)
const results = new Map<string, Map<string, number[]>>()

function note(name: string, column: string, value: number): void {
  const columns = results.get(name) ?? new Map<string, number[]>()
  results.set(name, columns.set(column, [...(columns.get(column) ?? []), value]))
}

interface Usage {
  readonly rss: number
  readonly cpuSeconds: number
}

async function withServer(
  name: string,
  pace: 'burst' | 'paced',
  work: (port: number, usage: () => Promise<Usage>) => Promise<void>,
): Promise<void> {
  const child = fork(new URL('server/contend.ts', import.meta.url), [name, pace])
  try {
    const { port } = (await next(child)) as { port: number }
    await work(port, async () => {
      child.send('usage')
      return (await next(child)) as Usage
    })
  } finally {
    child.kill()
    await once(child, 'exit')
  }
}

async function next(child: ChildProcess): Promise<unknown> {
  const [message] = (await once(child, 'message')) as [unknown]
  return message
}

/** As many streams as a server can, so many of them at once: how many a second. */
async function burst(
  port: number,
  concurrency: number,
  requests: readonly Buffer[],
  usage: () => Promise<Usage>,
) {
  const connections = await Promise.all(
    Array.from({ length: concurrency }, () => Connection.open(port, false)),
  )
  let sent = 0
  const askUntil = (end: number) => {
    let finished = 0
    const work = async (connection: Connection) => {
      while (performance.now() < end) {
        await connection.ask(requests[sent++ % requests.length]!)
        finished++
      }
    }
    return Promise.all(connections.map(work)).then(() => finished)
  }
  await askUntil(performance.now() + WARM_UP_MS)
  const [before, start] = [await usage(), performance.now()]
  const finished = await askUntil(start + BURST_MS)
  const [after, end] = [await usage(), performance.now()]
  for (const connection of connections) connection.close()
  return {
    perSecond: (finished * 1_000) / (end - start),
    perCpuSecond: finished / (after.cpuSeconds - before.cpuSeconds),
  }
}

async function sequential(port: number): Promise<number> {
  const connection = await Connection.open(port, false)
  const request = requestBytes()
  const times: number[] = []
  for (let i = 0; i < 600; i++) times.push((await connection.ask(request)).firstByteMs)
  connection.close()
  return quantile(times.slice(100), 0.5)
}

/** So many streams, begun over a while, each at its pace. */
async function paced(port: number, count: number): Promise<Stream[]> {
  const connections: Connection[] = []
  for (let i = 0; i < count; i++) connections.push(await Connection.open(port, true))
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

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!
}

/** When the last token is due. aimock takes its time to first token for the role, which is no token. */
function lastDueMs(name: string): number {
  const gaps = name === 'aimock' ? TOKENS : TOKENS - 1
  return PACE.ttft + (gaps * 1_000) / PACE.tokensPerSecond
}

async function measureBurst(name: string): Promise<void> {
  await withServer(name, 'burst', async (port, usage) => {
    const same = [requestBytes()]
    note(name, 'first byte ms', await sequential(port))
    for (const concurrency of CONCURRENCY) {
      const { perSecond, perCpuSecond } = await burst(port, concurrency, same, usage)
      note(name, `streams/s at ${concurrency}`, perSecond)
      note(name, `streams/CPU s at ${concurrency}`, perCpuSecond)
    }
    note(name, 'RSS MiB', (await usage()).rss)
    const distinct = Array.from({ length: DISTINCT }, (_, i) => requestBytes(`Say it. ${i}`))
    note(name, 'distinct/CPU s', (await burst(port, 64, distinct, usage)).perCpuSecond)
  })
}

async function measurePaced(name: string): Promise<void> {
  await withServer(name, 'paced', async (port) => {
    await paced(port, 50)
    for (const count of PACED_STREAMS) {
      const streams = await paced(port, count)
      const late = streams.map(({ eventsMs }) => eventsMs[TOKENS]! - lastDueMs(name))
      const rates = streams.map(
        ({ eventsMs }) => ((TOKENS - 1) * 1_000) / (eventsMs[TOKENS]! - eventsMs[1]!),
      )
      note(name, `late ms at ${count}`, quantile(late, 0.5))
      note(name, `p99 at ${count}`, quantile(late, 0.99))
      note(name, `tokens/s at ${count}`, quantile(rates, 0.5))
    }
  })
}

const PACED_NAMES = names.filter((name) => !/stream|200/.test(name))
for (let round = 1; round <= ROUNDS; round++) {
  process.stderr.write(`round ${round} of ${ROUNDS}\n`)
  // Interleaved, so that whatever else the machine does falls on all.
  for (const name of names) await measureBurst(name)
  for (const name of PACED_NAMES) await measurePaced(name)
}

const median = (name: string, column: string) =>
  quantile(results.get(name)?.get(column) ?? [NaN], 0.5)

function table(columns: readonly string[], rows: readonly string[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`
  return (
    line(['server', ...columns]) +
    line(['---', ...columns.map(() => '--:')]) +
    rows
      .map((name) =>
        line([
          name,
          ...columns.map((column) => {
            const value = median(name, column)
            return Number.isNaN(value) ? '' : value >= 1_000 ? value.toFixed(0) : value.toFixed(2)
          }),
        ]),
      )
      .join('')
  )
}

const rawFirstByte = median('node:http, a write a stream', 'first byte ms')
for (const name of names) note(name, 'added ms', median(name, 'first byte ms') - rawFirstByte)
for (const name of names) {
  note(name, 'events/s at 64', median(name, 'streams/s at 64') * EVENTS)
}

const own = (column: string) => median('soundcheck', column)
const goals: [string, number, '>=' | '<', number][] = [
  [
    'streams/CPU s at 64, to one write a stream',
    own('streams/CPU s at 64') / median('node:http, a write a stream', 'streams/CPU s at 64'),
    '>=',
    0.7,
  ],
  [
    'streams/CPU s at 64, to aimock',
    own('streams/CPU s at 64') / median('aimock', 'streams/CPU s at 64'),
    '>=',
    4,
  ],
  ['ms late at 500', own('late ms at 500'), '<', 2],
  ['tokens/s at 2000', own('tokens/s at 2000'), '>=', 49.5],
  ['RSS, to aimock', own('RSS MiB') / median('aimock', 'RSS MiB'), '<', 1],
  [
    '200 scenarios, to one',
    median('soundcheck, 200 scenarios before', 'streams/CPU s at 64') / own('streams/CPU s at 64'),
    '>=',
    0.9,
  ],
  [
    'the same, distinct requests',
    median('soundcheck, 200 scenarios before', 'distinct/CPU s') / own('distinct/CPU s'),
    '>=',
    0.9,
  ],
]
process.stdout.write(
  [
    `Node.js ${process.version}; medians of ${ROUNDS} rounds; ${EVENTS} events a stream.\n`,
    '\nAt once\n\n',
    table(
      [
        ...CONCURRENCY.map((count) => `streams/s at ${count}`),
        'events/s at 64',
        'streams/CPU s at 64',
        'streams/CPU s at 2000',
        'distinct/CPU s',
        'added ms',
        'RSS MiB',
      ],
      names,
    ),
    `\nAt ${PACE.tokensPerSecond} tokens/s, the first after ${PACE.ttft} ms: how late the last token is\n\n`,
    table(
      PACED_STREAMS.flatMap((count) => [
        `late ms at ${count}`,
        `p99 at ${count}`,
        `tokens/s at ${count}`,
      ]),
      PACED_NAMES,
    ),
    '\nGoals\n\n',
    ...goals.map(([goal, value, how, bound]) => {
      const met = how === '<' ? value < bound : value >= bound
      return `${met ? 'met   ' : 'missed'}  ${goal}: ${value.toFixed(2)} (${how} ${bound})\n`
    }),
  ].join(''),
)
process.exit()
