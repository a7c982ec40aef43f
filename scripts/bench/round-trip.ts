// How far a recorded call that is served at its own pace, and tapped again, is from what it was; beside it, how far
// it is when a plain `node:http` server plays the same times: that much is due to timers, sockets and the tap.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { recordScenarios, type Scenario } from '../../src/mocks/index.ts'
import { startTap } from '../../src/tap/index.ts'
import type { Exchange } from '../../src/wire/index.ts'
import { Connection } from './connection.ts'
import { quantile } from './results.ts'
import { GAP_MS, PACE, requestTo, TOKENS } from './server/workload.ts'
import { withProcess } from './with-process.ts'

const CALLS = Number(process.argv[2] ?? 50)
/** Callers, out of step: what is seldom awake is late, and says more of the machine than of who plays. */
const AT_ONCE = Number(process.argv[3] ?? 10)
/** Until what is called often is compiled. */
const WARM_UP = 20
const ANSWER_MS = PACE.ttft + TOKENS * GAP_MS

const PLAYERS = [
  ['plain node:http', 'plain'],
  ['soundcheck', 'recording'],
] as const

const PART = fileURLToPath(new URL('./tap/part.ts', import.meta.url))

/** What is seen of a part of the benchmark through a tap. */
function seenOf(...args: readonly string[]): Promise<readonly Scenario[]> {
  return withProcess({ args: [PART, ...args] }, (port) => tapped(`http://127.0.0.1:${port}/v1`))
}

/** Asks for all answers through a tap; gives what was seen of them, as scenarios, in the order of the calls. */
async function tapped(upstream: string): Promise<readonly Scenario[]> {
  const exchanges: Exchange[] = []
  const tap = await startTap({
    upstream,
    onExchange: ({ exchange }) => void exchanges.push(exchange),
  })
  const port = Number(new URL(tap.url).port)
  await askFor(WARM_UP, port)
  await askFor(CALLS, port)
  await tap.close()
  const nameOf = ({ request }: Exchange) => /Call \d+/.exec(request.body!)![0]
  const calls = exchanges.slice(WARM_UP).map((exchange) => ({ name: nameOf(exchange), exchange }))
  const { scenarios, notes } = recordScenarios(calls)
  if (notes.length > 0) throw new Error(notes.join('; '))
  return scenarios.toSorted((a, b) => a.name!.localeCompare(b.name!))
}

async function askFor(calls: number, port: number): Promise<void> {
  let next = 0
  const caller = async (_: unknown, i: number) => {
    await sleep((i / AT_ONCE) * ANSWER_MS)
    const connection = await Connection.open(port)
    while (next < calls) await connection.ask(requestTo(`Call ${next++ % CALLS}.`), () => {})
    connection.close()
  }
  await Promise.all(Array.from({ length: AT_ONCE }, caller))
}

function timesOf({ then }: Scenario): readonly number[] {
  return (then as { pacing: { recorded: readonly number[] } }).pacing.recorded
}

const wordsOf = ({ then }: Scenario) => JSON.stringify({ ...(then as object), pacing: undefined })

function write(what: string, errors: readonly { readonly ms: number }[]): void {
  const sizes = errors.map(({ ms }) => Math.abs(ms))
  const shown = [0.5, 0.99, 1].map((q) => quantile(sizes, q).toFixed(2)).join(' | ')
  const bias = quantile(
    errors.map(({ ms }) => ms),
    0.5,
  ).toFixed(2)
  process.stdout.write(`| ${what} | ${shown} | ${bias} |\n`)
}

const folder = await mkdtemp(join(tmpdir(), 'soundcheck-'))
try {
  const before = await seenOf('server')
  const file = join(folder, 'scenarios.json')
  await writeFile(file, JSON.stringify({ scenarios: before }))
  process.stdout.write('| played by | times | error p50, ms | p99 | max | later by, p50 |\n')
  process.stdout.write('| --- | --- | --: | --: | --: | --: |\n')
  for (const [name, part] of PLAYERS) {
    const after = await seenOf(part, file)
    const changed = before.filter((each, i) => wordsOf(each) !== wordsOf(after[i]!)).length
    if (changed > 0) throw new Error(`${name}: ${changed} of ${CALLS} answers say something else`)
    const errors = before.flatMap((each, i) => {
      const now = timesOf(after[i]!)
      return timesOf(each).map((time, token) => ({ token, ms: now[token]! - time }))
    })
    write(
      `${name} | first token`,
      errors.filter(({ token }) => token === 0),
    )
    write(`${name} | all`, errors)
  }
} finally {
  await rm(folder, { recursive: true })
}
