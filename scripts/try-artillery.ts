// Whether the real Artillery runs the engine, as it is packed and under the name that Artillery looks for:
//
//   npm run artillery:try [-- <folder>]
//
// Artillery is installed into the folder unless it is there already; that can take half an hour.
import { type ExecFileException, execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse, stringify } from 'yaml'
import { type BenchReport, TOOL } from '../src/bench/index.ts'
import { defaultModel } from '../src/mocks/index.ts'
import { compileSchema } from '../src/protocol/index.ts'
import { startServer } from '../src/server/index.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const ARTILLERY = 'artillery@2.0.34'
const ENGINE = 'artillery-engine-soundcheck'
const HISTOGRAMS = ['ttft', 'ttft_sched', 'ttfs', 'dead_air', 'e2e'] as const

interface Finished {
  readonly code: number
  readonly output: string
}

/** What Artillery writes with `--output`. */
interface ArtilleryReport {
  readonly aggregate: {
    readonly counters: Readonly<Record<string, number>>
    readonly summaries: Readonly<Record<string, { readonly count: number; readonly p95: number }>>
  }
}

const folder =
  process.argv[2] ?? process.env['ARTILLERY_FOLDER'] ?? join(tmpdir(), 'soundcheck-artillery')
const scratch = await mkdtemp(join(tmpdir(), 'soundcheck-'))
// Sentences that come too slowly now and then leave the voice without words.
const server = await startServer({
  model: defaultModel({
    pacing: {
      ttft: { distribution: 'lognormal', median: 120, sigma: 0.3 },
      tokensPerSecond: 40,
      stalls: [{ after: 9, ms: { distribution: 'lognormal', median: 300, sigma: 1.2 } }],
    },
  }),
})
try {
  await installArtillery()
  await installEngine()
  await tryShards()
  await tryBrokenBudget()
  await tryNoEndpoint()
} finally {
  await server.close()
  await rm(scratch, { recursive: true })
}

async function installArtillery(): Promise<void> {
  if (existsSync(join(folder, 'node_modules', ENGINE))) {
    throw new Error(
      `${folder} has an engine of its own, which would be tried instead; uninstall it`,
    )
  }
  if (existsSync(join(folder, 'node_modules/artillery'))) return say(`Artillery is in ${folder}`)
  say(`installing ${ARTILLERY} into ${folder}`)
  await mkdir(folder, { recursive: true })
  const { code, output } = await run('npm', ['install', '--ignore-scripts', ARTILLERY], folder)
  if (code !== 0) throw new Error(`${ARTILLERY} cannot be installed:\n${output}`)
}

/** As `npm install artillery-engine-soundcheck` would, were this version published. */
async function installEngine(): Promise<void> {
  const pack = ['pack', '--silent', '--pack-destination', scratch]
  await run('npm', pack, ROOT)
  await run('npm', pack, join(ROOT, 'packages', ENGINE))
  await writeFile(join(scratch, 'package.json'), '{ "private": true }')
  const packed = [TOOL.name, ENGINE].map((name) => `file:${name}-${TOOL.version}.tgz`)
  const { code, output } = await run('npm', ['install', '--no-audit', ...packed], scratch)
  expectThat(`npm install ${packed.join(' ')}`, code === 0, output)
}

/** Two workers, as in the cloud: each a process of its own, told its shard by a variable. */
async function tryShards(): Promise<void> {
  const script = await shortened()
  const startAt = new Date(Date.now() + 12_000).toISOString()
  const files = ['shard-0.json', 'shard-1.json']
  const runs = files.map((out, i) =>
    launch(script, server.url, { shard: `${i}/2`, startAt, out }, `artillery-${i}.json`),
  )
  const schema = JSON.parse(await readFile(join(ROOT, 'schemas/bench-report.schema.json'), 'utf8'))
  const reports: BenchReport[] = []
  for (const [i, { code, output }] of (await Promise.all(runs)).entries()) {
    say(`\n== shard ${i} of 2`)
    say(output.slice(output.lastIndexOf('Summary report')).trimEnd())
    expectThat('Artillery ends with 0', code === 0, output)
    expectThat('ensure knew the metrics', output.includes('ok: soundcheck.over_budget == 0'))
    const report = await readJson<BenchReport>(files[i]!)
    const [violation] = compileSchema(schema)(report)
    expectThat('the side file is a report of bench', !violation, JSON.stringify(violation))
    compareWithArtillery(report, await readJson<ArtilleryReport>(`artillery-${i}.json`))
    reports.push(report)
  }
  say('\n== both, added up')
  const soundcheck = join(scratch, 'node_modules/.bin/soundcheck')
  const merged = await run(soundcheck, ['bench', 'merge', ...files, '--out', 'whole.json'], scratch)
  say(merged.output)
  const attempted = reports.reduce((sum, { requests }) => sum + requests.attempted, 0)
  const whole = await readJson<BenchReport>('whole.json')
  expectThat(`merge counts ${attempted} requests`, whole.requests.attempted === attempted)
  const compared = await run(soundcheck, ['compare', ...files], scratch)
  expectThat('compare reads them', [0, 3, 4].includes(compared.code), compared.output)
}

function compareWithArtillery(report: BenchReport, { aggregate }: ArtilleryReport): void {
  const { attempted } = report.requests
  const counted = aggregate.counters['soundcheck.attempted']
  expectThat(`Artillery counted ${attempted} requests`, attempted > 0 && counted === attempted)
  for (const name of HISTOGRAMS) {
    const theirs = aggregate.summaries[`soundcheck.${name}`]
    const ours = report.metrics[name]
    const figures = `p95 ${theirs?.p95} ms there, ${ours.p95?.toFixed(1)} ms here`
    expectThat(`it has each ${name} (${figures})`, theirs?.count === ours.count)
  }
}

/** Errors are certain, however busy the machine is that measures them. */
async function tryBrokenBudget(): Promise<void> {
  say('\n== an endpoint that fails, and so breaks a budget')
  await using failing = await startServer({ scenarios: [{ then: { error: { status: 503 } } }] })
  const { code, output } = await launch(await shortened(), failing.url, {})
  const failed = output.includes('fail: soundcheck.over_budget == 0')
  expectThat('Artillery ends with 1, and ensure says why', code === 1 && failed, output)
  const counter = /^errors\.status: .*$/m.exec(output)?.[0] ?? ''
  expectThat(`its report counts errors: ${counter}`, counter !== '', output)
}

async function tryNoEndpoint(): Promise<void> {
  say('\n== nothing that listens')
  const { code, output } = await launch(await shortened(), 'http://127.0.0.1:1', {})
  const message = /^errors\..*127\.0\.0\.1:1.*$/m.exec(output)?.[0] ?? ''
  expectThat(`Artillery ends with 1, and says: ${message}`, code === 1 && message !== '', output)
}

/** The example of the package, in a few seconds. */
async function shortened(): Promise<string> {
  const shipped = join(scratch, 'node_modules', TOOL.name, 'deploy/artillery/bench.yaml')
  const script = parse(await readFile(shipped, 'utf8'))
  const step = script.scenarios[0].flow[0].bench
  step.extent = { warmupMs: 1_000, durationMs: 5_000 }
  const file = join(scratch, 'bench.yaml')
  await writeFile(file, stringify(script))
  return file
}

function launch(
  script: string,
  target: string,
  variables: object,
  output?: string,
): Promise<Finished> {
  const bin = join(folder, 'node_modules/artillery/bin/run')
  const options = ['--target', target, '--variables', JSON.stringify(variables)]
  const args = [bin, 'run', script, ...options, ...(output ? ['--output', output] : [])]
  return run(process.execPath, args, scratch)
}

function run(command: string, args: readonly string[], cwd: string): Promise<Finished> {
  const env = {
    ...process.env,
    // As on the workers of Artillery, where the engine is not installed beside it either.
    NODE_PATH: join(scratch, 'node_modules'),
    ARTILLERY_DISABLE_TELEMETRY: 'true',
  }
  const options = { cwd, env, maxBuffer: 64 * 1024 * 1024 }
  return new Promise((resolve) => {
    execFile(command, args, options, (error: ExecFileException | null, stdout, stderr) => {
      const code = error === null ? 0 : Number(error.code ?? 1)
      resolve({ code, output: stdout + stderr })
    })
  })
}

async function readJson<T>(file: string): Promise<T> {
  return JSON.parse(await readFile(join(scratch, file), 'utf8')) as T
}

function expectThat(what: string, holds: boolean, otherwise = ''): void {
  say(`${holds ? 'ok  ' : 'FAIL'} ${what}`)
  if (holds) return
  if (otherwise) say(otherwise)
  process.exitCode = 1
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
