// How late each client stamps an event, beside a bare socket: all in one run, in turns, against a
// server that writes into each event when it was sent. Ratios are those of one round, and of these the
// median: machines change their speed from one second to the next. The bare socket comes twice, so
// that the reader sees what chance makes of a ratio.
import { chat, responses } from '../../src/protocol/index.ts'
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { median } from 'simple-statistics'
import { calibrationBodies } from '../../src/bench/instrument/calibrate.ts'
import { instrumentError } from '../../src/bench/instrument/instrument-error.ts'
import { startCalibrationServer } from '../../src/bench/instrument/start-calibration-server.ts'
import type { Flight } from '../../src/bench/lane/lane-messages.ts'
import { runLanes } from '../../src/bench/lane/run-lanes.ts'
import { toExchange } from '../../src/bench/measure/to-exchange.ts'
import { planLanes } from '../../src/bench/plan/plan-lanes.ts'
import { Histogram } from '../../src/bench/tally/histogram.ts'
import type { ClientName, ClientOrder } from './accuracy-client.ts'

const LEVELS = process.argv[2]?.split(',').map(Number) ?? [1, 64, 512, 1_024]
const ROUNDS = Number(process.argv[3] ?? 5)
/** `chat`, `responses`, or both with a comma between them. */
const DIALECTS = process.argv[4]?.split(',').map(dialectOf) ?? [chat, responses]
const WARMUP_MS = 1_500
const DURATION_MS = 3_000
const CLIENTS = ['raw socket', 'soundcheck', 'node:http', 'undici fetch', 'openai SDK'] as const
/** 50 tokens a second. */
const bodies = calibrationBodies({ firstMs: 100, gapMs: 20, events: 50 }).map((body) =>
  JSON.stringify(body),
)
const never = new AbortController().signal

type Spoken = typeof chat | typeof responses

function dialectOf(id: string): Spoken {
  return id === responses.id ? responses : chat
}

async function soundcheck(dialect: Spoken, url: string, streams: number): Promise<number[]> {
  const endpoint = new URL(url + dialect.path)
  const flights: Flight[] = []
  let startAtMs = 0
  await runLanes(
    {
      origin: endpoint.origin,
      path: endpoint.pathname,
      headers: ['content-type', 'application/json'],
      bodies,
      scripts: bodies.map((_, body) => [{ body, pauseMs: 0, cancelAfterMs: null }]),
      timeoutMs: 10_000,
      terminator: dialect.terminator,
    },
    planLanes(
      { kind: 'closed', concurrency: streams },
      { warmupMs: WARMUP_MS, durationMs: DURATION_MS, requests: null },
      0,
    ),
    {
      drain: never,
      abort: never,
      onStart: (moment) => (startAtMs = moment),
      onFlights: (some) => void flights.push(...some),
    },
  )
  const request = { method: 'POST', url: endpoint.href, headers: [] }
  return flights.flatMap((flight) =>
    flight.index < 0
      ? []
      : (instrumentError(
          toExchange(flight, request, bodies, new Date(0)),
          startAtMs + flight.wiredMs!,
        )?.added ?? []),
  )
}

async function other(
  client: ClientName,
  dialect: Spoken,
  url: string,
  streams: number,
): Promise<Float64Array> {
  const workerData: ClientOrder = {
    client,
    url,
    dialect: dialect === responses ? 'responses' : 'chat',
    streams,
    bodies,
    warmupMs: WARMUP_MS,
    durationMs: DURATION_MS,
  }
  const worker = new Worker(new URL('./accuracy-client.ts', import.meta.url), { workerData })
  const [added] = (await once(worker, 'message')) as [Float64Array]
  await worker.terminate()
  return added
}

/** A client, and one that is another in name only: what it differs by is chance. */
const AGAIN = 'raw socket, again'
const ROWS = [...CLIENTS, AGAIN]

/** All that was measured with one client: the rounds together, and each for itself. */
class Measured {
  readonly all = new Histogram()
  readonly rounds: Histogram[] = []

  add(delays: Iterable<number>): void {
    const round = new Histogram()
    for (const each of delays) round.record(each)
    this.rounds.push(round)
    this.all.add(round)
  }

  /** The median of what it is to another, round by round. */
  beside(than: Measured, percentile: number): string {
    const ratios = this.rounds.map(
      (round, i) => round.percentile(percentile)! / than.rounds[i]!.percentile(percentile)!,
    )
    return `${median(ratios).toFixed(2)}x`
  }
}

async function measure(row: string, dialect: Spoken, streams: number): Promise<Iterable<number>> {
  await using server = await startCalibrationServer({ dialect: dialect.id })
  if (row === 'soundcheck') return await soundcheck(dialect, server.url, streams)
  const client = row === AGAIN ? 'raw socket' : (row as ClientName)
  return await other(client, dialect, server.url, streams)
}

const HEADINGS = ['p50', 'p99', 'events', 'p50 to raw', 'p99 to raw', 'p50 to ours']
const line = (name: string, cells: readonly string[]) =>
  `${name.padEnd(18)}${cells.map((cell) => cell.padStart(12)).join('')}\n`
const show = (ms: number | null) => ms?.toFixed(3) ?? '-'

const cases = DIALECTS.flatMap((dialect) => LEVELS.map((streams) => ({ dialect, streams })))
for (const { dialect, streams } of cases) {
  const measured = new Map(ROWS.map((row) => [row, new Measured()]))
  for (let round = 0; round < ROUNDS; round++) {
    // Whoever comes first finds another machine than who comes last.
    const first = round % ROWS.length
    for (const row of [...ROWS.slice(first), ...ROWS.slice(0, first)]) {
      measured.get(row)!.add(await measure(row, dialect, streams))
    }
  }
  const [raw, own] = [measured.get('raw socket')!, measured.get('soundcheck')!]
  process.stdout.write(
    `\n${streams} ${streams === 1 ? 'stream' : 'streams'} of ${dialect.title}, added delay in ms\n`,
  )
  process.stdout.write(line('', HEADINGS))
  for (const [row, each] of measured) {
    const { all } = each
    const cells = [show(all.percentile(50)), show(all.percentile(99)), String(all.count)]
    const ratios = [each.beside(raw, 50), each.beside(raw, 99), each.beside(own, 50)]
    process.stdout.write(line(row, [...cells, ...ratios]))
  }
}
