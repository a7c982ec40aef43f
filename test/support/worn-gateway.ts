// A program of its own, since what is left of a gateway is counted in the whole process: plays each kind
// of failure so many times, and tells what it left. Needs --expose-gc.
import { Agent } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { TurnRecord } from '../../src/gateway/account/turn-record.ts'
import { startGateway } from '../../src/gateway/node.ts'
import { faultyUpstream, type Manner, MANNERS } from './faulty-upstream.ts'
import { callAndLeave, type Leaves } from './leaving-caller.ts'
import { readScrape } from './scrape.ts'

/** What was counted while one kind of failure was played; tokens, as the upstream told them. */
export interface Wear {
  readonly manner: Manner
  readonly leaves: Leaves
  readonly cycles: number
  readonly upstream: { asked: number; aborted: number; input: number; output: number }
  readonly metrics: { asked: number; left: number; input: number; output: number }
  readonly log: { asked: number; left: number; input: number; output: number }
  /** How often each outcome was told, by metrics and by the log. */
  readonly outcomes: { readonly metrics: Outcomes; readonly log: Outcomes }
}

type Outcomes = Readonly<Record<string, number>>

/** What a process holds. */
export interface Held {
  readonly resources: Readonly<Record<string, number>>
  readonly connections: { readonly upstream: number }
  readonly heapBytes: number
}

export interface Worn {
  readonly wears: readonly Wear[]
  readonly before: Held
  readonly after: Held
}

const AT_ONCE = 40
const LIMITS = { connectMs: 1_000, firstContentMs: 2_000, silenceMs: 2_000, totalMs: 10_000 }
const OUTCOMES = ['answered', 'failed', 'client-left'] as const
const KINDS: readonly (readonly [Manner, Leaves])[] = [
  ...MANNERS.filter((manner) => manner !== 'talks on').map((manner) => [manner, null] as const),
  ['says nothing', 'before the head'],
  ['talks on', 'at the first byte'],
  ['talks on', 'in mid-stream'],
  ['answers well', 'at the finish'],
]

const cycles = Number(process.argv[2])
await using upstream = await faultyUpstream()
const log = { asked: 0, left: 0, input: 0, output: 0 }
const outcomes: Record<string, number> = {}
await using gateway = await startGateway({
  models: { voice: [{ url: upstream.url }] },
  limits: LIMITS,
  log: { stream: { write: readLine } },
})

function readLine(line: string): void {
  const told = JSON.parse(line) as Pick<TurnRecord, 'outcome' | 'attempts' | 'usage'>
  if (!told.outcome) return
  outcomes[told.outcome] = (outcomes[told.outcome] ?? 0) + 1
  log.asked += told.attempts.length
  if (told.usage?.source === 'upstream') {
    log.input += told.usage.input
    log.output += told.usage.output
  }
  if (told.outcome === 'client-left') log.left += 1
}

async function readMetrics() {
  const response = await fetch(new URL('/metrics', gateway.url))
  const { total } = readScrape(await response.text())
  const requests = (outcome: string) => total('soundcheck_gateway_requests_total', { outcome })
  const tokens = (type: string) =>
    total('soundcheck_gateway_tokens_total', { type, source: 'upstream' })
  return {
    counts: {
      asked: total('soundcheck_gateway_upstream_attempts_total'),
      left: requests('client-left'),
      input: tokens('input'),
      output: tokens('output'),
    },
    outcomes: Object.fromEntries(OUTCOMES.map((outcome) => [outcome, requests(outcome)])),
    inFlight: total('soundcheck_gateway_requests_in_flight'),
  }
}

let number = 0

async function play([manner, leaves]: (typeof KINDS)[number], times: number): Promise<Wear> {
  const before = [{ ...upstream.counts }, (await readMetrics()).counts, { ...log }] as const
  const toldBefore = { metrics: (await readMetrics()).outcomes, log: { ...outcomes } }
  const agent = new Agent({ keepAlive: true })
  let left = times
  const call = async () => {
    while (left-- > 0) {
      const text = `${manner} (${number++})`
      const cameThrough = upstream.heard(text)
      await callAndLeave({ url: gateway.url, agent, text, leaves, cameThrough })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, call))
  agent.destroy()
  await until(async () => (await readMetrics()).inFlight === 0)
  // That a request was given up comes to the upstream over a socket.
  await sleep(50)
  const metrics = await readMetrics()
  return {
    manner,
    leaves,
    cycles: times,
    upstream: differenceOf(upstream.counts, before[0]),
    metrics: differenceOf(metrics.counts, before[1]),
    log: differenceOf(log, before[2]),
    outcomes: {
      metrics: withoutZeros(differenceOf(metrics.outcomes, toldBefore.metrics)),
      log: withoutZeros(differenceOf(outcomes, toldBefore.log)),
    },
  }
}

function differenceOf<T extends Record<string, number>>(now: T, before: T): T {
  return Object.fromEntries(
    Object.entries(now).map(([key, value]) => [key, value - (before[key] ?? 0)]),
  ) as T
}

function withoutZeros(counts: Outcomes): Outcomes {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0))
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 10_000
  while (!(await isSo()) && performance.now() < end) await sleep(20)
}

async function held(): Promise<Held> {
  // Idle connections are kept, as they should be.
  upstream.server.closeIdleConnections()
  await until(async () => (await connections()) === 0)
  await sleep(1_200)
  // What is freed may free more.
  for (let i = 0; i < 4; i++) {
    globalThis.gc!()
    await sleep(10)
  }
  const resources: Record<string, number> = {}
  for (const name of process.getActiveResourcesInfo()) resources[name] = (resources[name] ?? 0) + 1
  return {
    resources,
    connections: { upstream: await connections() },
    heapBytes: process.memoryUsage().heapUsed,
  }
}

function connections(): Promise<number> {
  return new Promise((resolve, reject) =>
    upstream.server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  )
}

// What is there once is no leak: code, pools, series of metrics.
for (const kind of KINDS) await play(kind, AT_ONCE)
const before = await held()
const wears: Wear[] = []
for (const kind of KINDS) wears.push(await play(kind, cycles))
const after = await held()
process.stdout.write(JSON.stringify({ wears, before, after } satisfies Worn))
