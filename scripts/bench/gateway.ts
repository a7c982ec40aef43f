// What a gateway adds to the time of an answer, and what it costs, beside others that do the same work.
// Columns: by how much later than without it the first word is heard, and by how much longer than the
// upstream's own the silences between words are; streams that a second of its CPU serves.
import { between, MODEL, OWN, PORTKEY, UPSTREAM } from './gateway/commands.ts'
import { BARE, PIPE } from './gateway/contenders.ts'
import { type Load, measure } from './gateway/load.ts'
import { type Goal, tellGoals } from './goals.ts'
import { quantile, Results } from './results.ts'
import { type Usage, withProcess } from './with-process.ts'

const ROUNDS = Number(process.argv[2] ?? 3)
const DIRECT = 'direct'
const LOADS: readonly Load[] = [
  { streams: 1, words: 20, gapMs: 10 },
  { streams: 64, words: 40, gapMs: 20 },
  { streams: 512, words: 40, gapMs: 50 },
]
const WARM_UP: Load = { streams: 64, words: 40, gapMs: 10 }
/** Until what is called often is compiled. */
const WARM_UP_MS = 4_000
const DURATION_MS = 3_000

const names = [DIRECT, ...Object.keys(between)]
const results = new Results()

const first = (share: string, { streams }: Load) => `first at ${streams}, ${share}`
const gap = (share: string, { streams }: Load) => `gap at ${streams}, ${share}`
const perCpu = ({ streams }: Load) => `streams per CPU s at ${streams}`
const SHARES = { p50: 0.5, p99: 0.99 } as const

async function measureAll(
  name: string,
  port: number,
  usage: () => Usage,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const asking = { headers, usage, durationMs: DURATION_MS }
  await measure(port, WARM_UP, { ...asking, durationMs: WARM_UP_MS })
  for (const load of LOADS) {
    const { heard, streamsPerCpuSecond } = await measure(port, load, asking)
    const firsts = heard.map(({ firstMs }) => firstMs)
    const gaps = heard.flatMap(({ gapsMs }) => gapsMs)
    for (const [share, value] of Object.entries(SHARES)) {
      results.add(name, first(share, load), quantile(firsts, value))
      results.add(name, gap(share, load), quantile(gaps, value))
    }
    if (name !== DIRECT) results.add(name, perCpu(load), streamsPerCpuSecond)
  }
  if (name !== DIRECT) results.add(name, 'RSS MiB', usage().rss)
}

async function measureOne(name: string): Promise<void> {
  await withProcess(UPSTREAM, async (upstreamPort, upstreamUsage) => {
    const found = between[name]
    if (!found) return measureAll(name, upstreamPort, upstreamUsage, {})
    const upstream = `http://127.0.0.1:${upstreamPort}`
    const headers = found.headers?.(upstream) ?? {}
    await withProcess(await found.program(upstream), (port, usage) =>
      measureAll(name, port, usage, headers),
    )
  })
}

for (let round = 1; round <= ROUNDS; round++) {
  process.stderr.write(`round ${round} of ${ROUNDS}\n`)
  // Interleaved, so that whatever else the machine does falls on all.
  for (const name of names) await measureOne(name)
}

const added = (name: string, column: string) =>
  results.median(name, column) - results.median(DIRECT, column)
const columns = LOADS.flatMap((load) =>
  Object.keys(SHARES).flatMap((share) => [first(share, load), gap(share, load)]),
)
for (const name of Object.keys(between)) {
  for (const column of columns) results.add(name, `added: ${column}`, added(name, column))
}

const addedFirst = (name: string, load: Load) => added(name, first('p50', load))
const cpuRatio = (name: string, other: string, load: Load) =>
  results.median(name, perCpu(load)) / results.median(other, perCpu(load))
const [one, ...many] = LOADS
const goals: readonly Goal[] = [
  ['relay, first added at 1, ms', addedFirst(OWN, one!), '<=', 0.5],
  ...many.map((load): Goal => [
    `relay, first added at ${load.streams}, to portkey's`,
    addedFirst(OWN, load) / addedFirst(PORTKEY, load),
    '<=',
    0.33,
  ]),
  ...LOADS.map((load): Goal => [
    `relay, ${perCpu(load)}, to a bare pipe's`,
    cpuRatio(OWN, PIPE, load),
    '>=',
    0.5,
  ]),
  ...LOADS.map((load): Goal => [
    `model, first at ${load.streams} beside bare doStream, ms`,
    addedFirst(MODEL, load) - addedFirst(BARE, load),
    '<=',
    2,
  ]),
  ...LOADS.map((load): Goal => [
    `model, CPU a stream at ${load.streams}, to bare doStream's`,
    1 / cpuRatio(MODEL, BARE, load),
    '<=',
    1.2,
  ]),
]

const paces = LOADS.map(({ streams, gapMs }) => `${streams} at ${1_000 / gapMs} words/s`)
process.stdout.write(
  [
    `Node.js ${process.version}; medians of ${ROUNDS} rounds; streams: ${paces.join(', ')}.`,
    '\nDirect, in ms\n',
    results.table([DIRECT], columns),
    'Added, in ms\n',
    results.table(
      Object.keys(between),
      columns.map((column) => `added: ${column}`),
    ),
    'Cost\n',
    results.table(Object.keys(between), [...LOADS.map(perCpu), 'RSS MiB']),
    'Goals\n',
    ...tellGoals(goals),
    '',
  ].join('\n'),
)
process.exit()
