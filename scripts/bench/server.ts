// What the mock server costs and how well it keeps time, beside others that do the same work.
import { tellGoals, type Goal } from './goals.ts'
import { quantile, Results } from './results.ts'
import { commands, DECOYS } from './server/commands.ts'
import { LEAN } from './server/contenders.ts'
import { burst, firstByteMs, paced } from './server/load.ts'
import { startUpMs, withServer } from './server/with-server.ts'
import { events, GAP_MS, PACE, requestTo, responsesRequestTo, TOKENS } from './server/workload.ts'

const ROUNDS = Number(process.argv[2] ?? 3)
const CONCURRENCY = [64, 512, 2_000]
const PACED_STREAMS = [500, 2_000]
const WARM_UP_MS = 1_500
const BURST_MS = 1_500
/** Two servers take turns so short that a machine's moods fall on both. */
const TURNS = 6
const TURN_MS = 400
const OWN = 'soundcheck'
const REPEATED = [requestTo()]
const IN_RESPONSES = [responsesRequestTo()]
const DISTINCT = Array.from({ length: 10_000 }, (_, i) => requestTo(`Say it. ${i}`))
/** One server, another, what both are asked, how often at once, and the least that one makes of the other. */
const PAIRS = {
  'to node:http, lean, at 64': [OWN, LEAN, REPEATED, 64, 0.7],
  'to node:http, lean, at 512': [OWN, LEAN, REPEATED, 512, 0.7],
  'to aimock, at 64': [OWN, 'aimock', REPEATED, 64, 5],
  'to node:http, lean, at 64, Responses API': [OWN, LEAN, IN_RESPONSES, 64, 0.7],
  'to node:http, lean, at 512, Responses API': [OWN, LEAN, IN_RESPONSES, 512, 0.7],
  'to aimock, at 64, Responses API': [OWN, 'aimock', IN_RESPONSES, 64, 4],
  '200 scenarios to one': [DECOYS, OWN, REPEATED, 64, 0.9],
  '200 scenarios to one, distinct requests': [DECOYS, OWN, DISTINCT, 64, 0.9],
} as const

const names = Object.keys(commands).filter((name) => name !== DECOYS)
const pairs = Object.keys(PAIRS) as (keyof typeof PAIRS)[]
const results = new Results()

async function measureBurst(name: string): Promise<void> {
  await withServer(name, 'at once', async (port, usage) => {
    results.add(name, 'first byte ms', await firstByteMs(port))
    await burst(port, 64, REPEATED, usage, WARM_UP_MS)
    for (const concurrency of CONCURRENCY) {
      const { perSecond } = await burst(port, concurrency, REPEATED, usage, BURST_MS)
      results.add(name, `streams/s at ${concurrency}`, perSecond)
      if (concurrency === 64) results.add(name, 'events/s at 64', perSecond * events().length)
    }
    results.add(name, 'RSS MiB', usage().rss)
  })
}

/** Which of two is started first matters as much as what is compared, so each is. */
async function measurePair(pair: keyof typeof PAIRS): Promise<void> {
  const [one, other, requests, concurrency] = PAIRS[pair]
  for (const order of [
    [one, other],
    [other, one],
  ] as const) {
    await withServer(order[0], 'at once', (firstPort, firstUsage) =>
      withServer(order[1], 'at once', async (secondPort, secondUsage) => {
        const first = (ms: number) => burst(firstPort, concurrency, requests, firstUsage, ms)
        const second = (ms: number) => burst(secondPort, concurrency, requests, secondUsage, ms)
        await first(WARM_UP_MS)
        await second(WARM_UP_MS)
        for (let turn = 0; turn < TURNS; turn++) {
          const [a, b] = [await first(TURN_MS), await second(TURN_MS)]
          for (const unit of ['perSecond', 'perCpuSecond'] as const) {
            const ratio = a[unit] / b[unit]
            results.add(pair, unit, order[0] === one ? ratio : 1 / ratio)
          }
        }
      }),
    )
  }
}

async function measurePaced(name: string): Promise<void> {
  await withServer(name, 'paced', async (port) => {
    await paced(port, 50)
    for (const count of PACED_STREAMS) {
      const streams = await paced(port, count)
      for (const [which, token] of [
        ['first', 1],
        ['last', TOKENS],
      ] as const) {
        const late = streams.map((eventsMs) => eventsMs[token]! - dueMs(name, token))
        results.add(name, `${which} at ${count}, p50`, quantile(late, 0.5))
        results.add(name, `${which} at ${count}, p99`, quantile(late, 0.99))
      }
    }
  })
}

/** When a token is due. aimock spends its time to first token on the role, which is no token. */
function dueMs(name: string, token: number): number {
  const gaps = name === 'aimock' ? token : token - 1
  return PACE.ttft + gaps * GAP_MS
}

for (let round = 1; round <= ROUNDS; round++) {
  process.stderr.write(`round ${round} of ${ROUNDS}\n`)
  // They vary by a third.
  for (let i = 0; i < 12; i++) {
    for (const name of names) results.add(name, 'start-up ms', await startUpMs(name))
  }
  // Interleaved, so that whatever else the machine does falls on all.
  for (const name of names) await measureBurst(name)
  for (const pair of pairs) await measurePair(pair)
  for (const name of names) await measurePaced(name)
}

const leanest = results.median(LEAN, 'first byte ms')
for (const name of names) {
  results.add(name, 'added ms', results.median(name, 'first byte ms') - leanest)
}

const ratio = (column: string, other: string) =>
  results.median(OWN, column) / results.median(other, column)
const goals: readonly Goal[] = [
  ...pairs.map(
    (pair) =>
      [`streams/s, ${pair}`, results.median(pair, 'perSecond'), '>=', PAIRS[pair][4]] as const,
  ),
  ...(
    [
      ['first at 500, p50', 1.5],
      ['first at 500, p99', 2],
      ['first at 2000, p50', 1.3],
      ['first at 2000, p99', 1.5],
    ] as const
  ).map(
    ([column, most]) => [`${column}, to node:http, lean`, ratio(column, LEAN), '<=', most] as const,
  ),
  ['RSS, to aimock', ratio('RSS MiB', 'aimock'), '<=', 0.8],
  ['start-up, to aimock', ratio('start-up ms', 'aimock'), '<=', 1.2],
]

process.stdout.write(
  [
    `Node.js ${process.version}; medians of ${ROUNDS} rounds; ${events().length} events a stream.`,
    '\nAt once\n',
    results.table(names, [
      ...CONCURRENCY.map((count) => `streams/s at ${count}`),
      'events/s at 64',
      'added ms',
      'RSS MiB',
      'start-up ms',
    ]),
    'Two at a time, in turns: streams a second, and a second of the CPU that a server had, beside those',
    'of the other. Distinct: no request comes twice in a turn.\n',
    results.table(pairs, ['perSecond', 'perCpuSecond']),
    `At ${PACE.tokensPerSecond} tokens/s, the first after ${PACE.ttft} ms: by how many ms tokens are late\n`,
    results.table(
      names,
      PACED_STREAMS.flatMap((count) =>
        ['first', 'last'].flatMap((which) => [
          `${which} at ${count}, p50`,
          `${which} at ${count}, p99`,
        ]),
      ),
    ),
    'Goals\n',
    ...tellGoals(goals),
    '',
  ].join('\n'),
)
process.exit()
