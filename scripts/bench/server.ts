// What the mock server costs and how well it keeps time, beside others that do the same work.
import { requestBytes } from './server/client.ts'
import { contenders } from './server/contenders.ts'
import { burst, firstByteMs, paced } from './server/load.ts'
import { COMMANDS, startUpMs, withServer } from './server/processes.ts'
import { quantile, Results } from './server/results.ts'
import { events, PACE, TOKENS } from './server/workload.ts'

const ROUNDS = Number(process.argv[2] ?? 3)
const CONCURRENCY = [64, 512, 2_000]
const PACED_STREAMS = [500, 2_000]
const WARM_UP_MS = 1_500
const BURST_MS = 1_500
/** Two servers take turns so short that a machine's moods fall on both. */
const TURNS = 10
const TURN_MS = 400
const OWN = 'soundcheck'
const DECOYS = 'soundcheck, 200 scenarios before'
const BEST = 'node:http, a write a stream'
const REPEATED = [requestBytes()]
const DISTINCT = Array.from({ length: 10_000 }, (_, i) => requestBytes(`Say it. ${i}`))
/** One server, another, and what both are asked. */
const PAIRS = {
  'to a write a stream': [OWN, BEST, REPEATED],
  'to aimock': [OWN, 'aimock', REPEATED],
  '200 scenarios to one': [DECOYS, OWN, REPEATED],
  '200 scenarios to one, distinct requests': [DECOYS, OWN, DISTINCT],
} as const

const names = Object.keys(contenders).filter((name) => name !== DECOYS)
const pacedNames = names.filter((name) => name !== BEST)
const pairs = Object.keys(PAIRS) as (keyof typeof PAIRS)[]
const results = new Results()

async function measureBurst(name: string): Promise<void> {
  await withServer(name, 'burst', async (port, usage) => {
    results.add(name, 'first byte ms', await firstByteMs(port))
    await burst(port, 64, REPEATED, usage, WARM_UP_MS)
    for (const concurrency of CONCURRENCY) {
      const { perSecond } = await burst(port, concurrency, REPEATED, usage, BURST_MS)
      results.add(name, `streams/s at ${concurrency}`, perSecond)
      if (concurrency === 64) results.add(name, 'events/s at 64', perSecond * events().length)
    }
    results.add(name, 'RSS MiB', (await usage()).rss)
  })
}

/** Which of two is started first matters as much as what is compared, so each is. */
async function measurePair(pair: keyof typeof PAIRS): Promise<void> {
  const [one, other, requests] = PAIRS[pair]
  for (const order of [
    [one, other],
    [other, one],
  ] as const) {
    await withServer(order[0], 'burst', (firstPort, firstUsage) =>
      withServer(order[1], 'burst', async (secondPort, secondUsage) => {
        const first = (ms: number) => burst(firstPort, 64, requests, firstUsage, ms)
        const second = (ms: number) => burst(secondPort, 64, requests, secondUsage, ms)
        await first(WARM_UP_MS)
        await second(WARM_UP_MS)
        for (let turn = 0; turn < TURNS; turn++) {
          const ratio = (await first(TURN_MS)).perCpuSecond / (await second(TURN_MS)).perCpuSecond
          results.add(pair, 'ratio', order[0] === one ? ratio : 1 / ratio)
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
      const late = streams.map(({ eventsMs }) => eventsMs[TOKENS]! - lastDueMs(name))
      const rates = streams.map(
        ({ eventsMs }) => ((TOKENS - 1) * 1_000) / (eventsMs[TOKENS]! - eventsMs[1]!),
      )
      results.add(name, `late ms at ${count}`, quantile(late, 0.5))
      results.add(name, `p99 at ${count}`, quantile(late, 0.99))
      results.add(name, `tokens/s at ${count}`, quantile(rates, 0.5))
    }
  })
}

/** When the last token is due. aimock spends its time to first token on the role, which is no token. */
function lastDueMs(name: string): number {
  const gaps = name === 'aimock' ? TOKENS : TOKENS - 1
  return PACE.ttft + (gaps * 1_000) / PACE.tokensPerSecond
}

for (let round = 1; round <= ROUNDS; round++) {
  process.stderr.write(`round ${round} of ${ROUNDS}\n`)
  for (const [name, command] of Object.entries(COMMANDS)) {
    for (let i = 0; i < 5; i++) results.add(name, 'start-up ms', await startUpMs(command))
  }
  // Interleaved, so that whatever else the machine does falls on all.
  for (const name of names) await measureBurst(name)
  for (const pair of pairs) await measurePair(pair)
  for (const name of pacedNames) await measurePaced(name)
}

const best = results.median(BEST, 'first byte ms')
for (const name of names) {
  results.add(name, 'added ms', results.median(name, 'first byte ms') - best)
}

const own = (column: string) => results.median(OWN, column)
const toAimock = (column: string) => own(column) / results.median('aimock', column)
const pair = (name: keyof typeof PAIRS) => results.median(name, 'ratio')
const goals: readonly (readonly [string, number, '>=' | '<', number])[] = [
  ['streams/CPU s, to a write a stream', pair('to a write a stream'), '>=', 0.7],
  ['streams/CPU s, to aimock', pair('to aimock'), '>=', 4],
  ['streams/CPU s, 200 scenarios to one', pair('200 scenarios to one'), '>=', 0.9],
  [
    'streams/CPU s, 200 scenarios to one, distinct requests',
    pair('200 scenarios to one, distinct requests'),
    '>=',
    0.9,
  ],
  ['RSS, to aimock', toAimock('RSS MiB'), '<', 1],
  ['late ms at 500', own('late ms at 500'), '<', 2],
  ['tokens/s at 2000', own('tokens/s at 2000'), '>=', 49.5],
  // 750 ms where aimock takes 150: a vocabulary is loaded before the first request, not with it.
  ['start-up ms, to aimock', toAimock('start-up ms'), '<', 5],
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
    'Two at a time, in turns, 64 streams at once: streams a second of the CPU that a server had, beside',
    'those of the other. Distinct: no request comes twice in a turn.\n',
    results.table(pairs, ['ratio']),
    `At ${PACE.tokensPerSecond} tokens/s, the first after ${PACE.ttft} ms: how late the last token is\n`,
    results.table(
      pacedNames,
      PACED_STREAMS.flatMap((count) => [
        `late ms at ${count}`,
        `p99 at ${count}`,
        `tokens/s at ${count}`,
      ]),
    ),
    'Goals\n',
    ...goals.map(([goal, value, how, bound]) => {
      const met = how === '<' ? value < bound : value >= bound
      return `${met ? 'met   ' : 'missed'}  ${goal}: ${value.toFixed(2)} (${how} ${bound})`
    }),
    '',
  ].join('\n'),
)
process.exit()
