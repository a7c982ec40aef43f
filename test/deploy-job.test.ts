import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Job } from 'kubernetes-models/batch/v1'
import { expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import type { BenchReport } from '../src/bench/index.ts'
import { TOOL } from '../src/endpoint/index.ts'
import { referenceServer } from './support/reference-server.ts'
import { runCli } from './support/run-cli.ts'
import { BIN, KEPT_TOGETHER } from './support/start-cli.ts'

const ROOT = new URL('../', import.meta.url)
const manifest = await readFile(new URL('deploy/kubernetes/bench-job.yaml', ROOT), 'utf8')
const job = new Job(parse(manifest) as ConstructorParameters<typeof Job>[0])
const container = job.spec!.template.spec!.containers[0]!

test('the manifest is one that Kubernetes accepts', () => {
  expect(() => job.validate()).not.toThrow()
  const broken = parse(manifest.replace('completions: 3', 'completions: three')) as object
  expect(() => new Job(broken as never).validate()).toThrow()
})

test('it is about this version, and its numbers agree', () => {
  const shards = container.env?.find(({ name }) => name === 'SHARDS')?.value
  expect([job.spec!.completions, job.spec!.parallelism]).toEqual([Number(shards), Number(shards)])
  expect(container.args![0]).toContain(`${TOOL.name}@${TOOL.version} bench`)
})

test('npm says nothing into the log that is the report', () => {
  const level = container.env?.find(({ name }) => name === 'NPM_CONFIG_LOGLEVEL')
  expect(level?.value).toBe('error')
})

test('what its pods run adds up to one run', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'soundcheck-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const url = await referenceServer()
  const command = container
    .args![0]!.replace(`npx --yes ${TOOL.name}@${TOOL.version}`, `"${process.execPath}" "${BIN}"`)
    .replace('--duration 60 --warmup 5', '--duration 2 --warmup 0 --no-calibrate')
  // A busy machine takes seconds to start three of them.
  const startAt = new Date(Date.now() + 8_000).toISOString()
  const files = await Promise.all(
    ['0', '1', '2'].map(async (index) => {
      const { stdout } = await promisify(execFile)('sh', ['-c', command], {
        cwd: ROOT,
        maxBuffer: 64 * 1024 * 1024,
        env: {
          PATH: process.env['PATH'],
          ...KEPT_TOGETHER,
          TARGET: url,
          SHARDS: '3',
          START_AT: startAt,
          JOB_COMPLETION_INDEX: index,
        },
      })
      const file = join(folder, `shard-${index}.json`)
      await writeFile(file, stdout)
      return file
    }),
  )
  const shards = await Promise.all(
    files.map(async (file) => JSON.parse(await readFile(file, 'utf8')) as BenchReport),
  )
  const { stdout } = await runCli(['bench', 'merge', ...files, '--json'])
  const merged = JSON.parse(stdout) as BenchReport
  expect(merged.requests.attempted).toBe(
    shards.reduce((sum, { requests }) => sum + requests.attempted, 0),
  )
  // 30 a second for 2 s, by the same seeded plan.
  expect(merged.requests.attempted).toBeGreaterThan(35)
  expect(merged.metrics.ttft.count).toBe(merged.requests.ok)
})
