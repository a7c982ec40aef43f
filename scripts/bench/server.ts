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
const DISTINCT_REQUESTS = 5_000
const TURNS = 3
const OWN = 'soundcheck'
const DECOYS = 'soundcheck, 200 scenarios before'
const BEST = 'node:http, a write a stream'
const REPEATED = 'repeated/CPU s'
const DISTINCT = 'distinct/CPU s'

const names = Object.keys(contenders).filter((name) => name !== DECOYS)
const pacedNames = names.filter((name) => name !== BEST)
const results = new Results()
const distinctRequests = Array.from({ length: DISTINCT_REQUESTS }, (_, i) =>
  requestBytes(`Say it. ${i}`),
)

async function measureBurst(name: string): Promise<void> {
  await withServer(name, 'burst', async (port, usage) => {
    results.add(name, 'first byte ms', await firstByteMs(port))
    for (const concurrency of CONCURRENCY) {
      const { perSecond, perCpuSecond } = await burst(port, concurrency, [requestBytes()], usage)
      results.add(name, `streams/s at ${concurrency}`, perSecond)
      results.add(name, `streams/CPU s at ${concurrency}`, perCpuSecond)
      if (concurrency === 64) results.add(name, 'events/s at 64', perSecond * events().length)
    }
    results.add(name, 'RSS MiB', (await usage()).rss)
  })
}

/**
 * Both at once, in turns: what so many scenarios cost is less than what a machine varies by. Which is
 * started first matters too, so each is.
 */
async function measureScenarios(column: string, requests: readonly Buffer[]): Promise<void> {
  const both = [OWN, DECOYS] as const
  for (const [one, other] of [both, both.toReversed()] as [string, string][]) {
    await withServer(one, 'burst', (onePort, oneUsage) =>
      withServer(other, 'burst', async (otherPort, otherUsage) => {
        for (let turn = 0; turn < TURNS; turn++) {
          const ofOne = await burst(onePort, 64, requests, oneUsage)
          results.add(one, column, ofOne.perCpuSecond)
          const ofOther = await burst(otherPort, 64, requests, otherUsage)
          results.add(other, column, ofOther.perCpuSecond)
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
  await measureScenarios(REPEATED, [requestBytes()])
  await measureScenarios(DISTINCT, distinctRequests)
  for (const name of pacedNames) await measurePaced(name)
}

const best = results.median(BEST, 'first byte ms')
for (const name of names) {
  results.add(name, 'added ms', results.median(name, 'first byte ms') - best)
}

const own = (column: string) => results.median(OWN, column)
const ratio = (column: string, one: string, other: string) =>
  results.median(one, column) / results.median(other, column)
const BUSY = 'streams/CPU s at 64'
const goals: readonly (readonly [string, number, '>=' | '<', number])[] = [
  [`${BUSY}, to a write a stream`, ratio(BUSY, OWN, BEST), '>=', 0.7],
  [`${BUSY}, to aimock`, ratio(BUSY, OWN, 'aimock'), '>=', 4],
  [`${REPEATED}, 200 scenarios to one`, ratio(REPEATED, DECOYS, OWN), '>=', 0.9],
  [`${DISTINCT}, 200 scenarios to one`, ratio(DISTINCT, DECOYS, OWN), '>=', 0.9],
  ['RSS, to aimock', ratio('RSS MiB', OWN, 'aimock'), '<', 1],
  ['late ms at 500', own('late ms at 500'), '<', 2],
  ['tokens/s at 2000', own('tokens/s at 2000'), '>=', 49.5],
  // 400 ms where aimock takes 150.
  ['start-up ms, to aimock', ratio('start-up ms', OWN, 'aimock'), '<', 2.67],
]

process.stdout.write(
  [
    `Node.js ${process.version}; medians of ${ROUNDS} rounds; ${events().length} events a stream.`,
    'A stream/CPU s is a stream for a second of the CPU that the server had, whoever else had it too.',
    '\nAt once\n',
    results.table(names, [
      ...CONCURRENCY.map((count) => `streams/s at ${count}`),
      'events/s at 64',
      ...CONCURRENCY.map((count) => `streams/CPU s at ${count}`),
      'added ms',
      'RSS MiB',
      'start-up ms',
    ]),
    'Side by side, 64 at a time: the same request again and again, or none twice within 5,000\n',
    results.table([OWN, DECOYS], [REPEATED, DISTINCT]),
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
