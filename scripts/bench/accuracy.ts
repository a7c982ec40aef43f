// How late each client stamps an event, beside a bare socket: all in one run, in turns, against a
// server that writes into each event when it was sent. Ratios are those of the medians of one round,
// and of these the median: machines change their speed from one second to the next.
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

const show = (ms: number | null) => (ms === null ? '-' : ms.toFixed(3)).padStart(10)

const cases = DIALECTS.flatMap((dialect) => LEVELS.map((streams) => ({ dialect, streams })))
for (const { dialect, streams } of cases) {
  const all = new Map(CLIENTS.map((client) => [client, new Histogram()]))
  const medians = new Map(CLIENTS.map((client) => [client, [] as number[]]))
  for (let round = 0; round < ROUNDS; round++) {
    for (const client of CLIENTS) {
      await using server = await startCalibrationServer({ dialect: dialect.id })
      const added =
        client === 'soundcheck'
          ? await soundcheck(dialect, server.url, streams)
          : await other(client, dialect, server.url, streams)
      const histogram = new Histogram()
      for (const each of added) histogram.record(each)
      all.get(client)!.add(histogram)
      medians.get(client)!.push(histogram.percentile(50)!)
    }
  }
  process.stdout.write(
    `\n${streams} ${streams === 1 ? 'stream' : 'streams'} of ${dialect.title}, added delay in ms\n${' '.repeat(14)}       p50       p99    events   p50 beside a raw socket   beside soundcheck\n`,
  )
  for (const [client, histogram] of all) {
    const [bare, own] = (['raw socket', 'soundcheck'] as const).map((beside) =>
      median(medians.get(client)!.map((p50, round) => p50 / medians.get(beside)![round]!)),
    )
    process.stdout.write(
      `${client.padEnd(14)}${show(histogram.percentile(50))}${show(histogram.percentile(99))}${String(histogram.count).padStart(10)}   ${`${bare!.toFixed(2)}x`.padEnd(24)}${own!.toFixed(2)}x\n`,
    )
  }
}
