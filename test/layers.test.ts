import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..')
const OXLINT = join(ROOT, 'node_modules/.bin/oxlint')

/** Lints one file as if it stood in `src/`; gives what the linter says. */
async function lintAs(path: string, source: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'soundcheck-layers-'))
  onTestFinished(() => rm(folder, { recursive: true }))

  await cp(join(ROOT, 'oxlint.config.ts'), join(folder, 'oxlint.config.ts'))
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  const file = join(folder, path)
  await mkdir(join(file, '..'), { recursive: true })
  await writeFile(file, source)
  const run = promisify(execFile)(OXLINT, ['--deny-warnings', path], {
    cwd: folder,
  })
  return run.then(
    ({ stdout }) => stdout,
    ({ stdout }: { stdout: string }) => stdout,
  )
}

const importing = (specifier: string) => `import { x } from '${specifier}'\n\nexport const y = x\n`

test.each([
  ['src/wire/a.ts', '../protocol/index.ts'],
  ['src/index.ts', './cli/run.ts'],
  ['src/index.ts', './bench/run/benchmark.ts'],
  ['src/protocol/a.ts', '../mocks/index.ts'],
  ['src/protocol/a.ts', '../wire/node.ts'],
  ['src/speech/a.ts', '../wire/index.ts'],
  ['src/speech/a.ts', 'node:fs'],
  ['src/budget/a.ts', '../bench/index.ts'],
  ['src/budget/a.ts', '../conformance/index.ts'],
  ['src/budget/a.ts', 'node:fs'],
  ['src/bench/budgets/a.ts', '../../budget/metrics.ts'],
  ['src/wire/a.ts', 'node:http'],
  ['src/gateway/serving/a.ts', 'node:http'],
  ['src/mocks/a.ts', '../budget/index.ts'],
  ['src/mocks/a.ts', '../server/index.ts'],
  ['src/journal/a.ts', '../mocks/index.ts'],
  ['src/conformance/a.ts', '../journal/index.ts'],
  ['src/mocks/a.ts', '../journal/journal.ts'],
  ['src/bench/a.ts', '../conformance/index.ts'],
  ['src/conformance/a.ts', '../bench/index.ts'],
  ['src/tap/a.ts', '../conformance/index.ts'],
  ['src/tap/a.ts', '../server/index.ts'],
  ['src/conformance/a.ts', '../tap/index.ts'],
  ['src/server/a.ts', '../tap/index.ts'],
  ['src/cli/a.ts', '../tap/pass/start-pass.ts'],
  ['src/mocks/a.ts', '../conformance/index.ts'],
  ['src/conformance/a.ts', '../server/index.ts'],
  ['src/conformance/checks/sse/a.ts', '../../../mocks/index.ts'],
  ['src/server/a.ts', '../conformance/index.ts'],
  ['src/artillery/a.ts', '../server/index.ts'],
  ['src/cli/a.ts', '../bench/run/benchmark.ts'],
  ['src/bench/a.ts', '../artillery/index.ts'],
  ['src/report/a.ts', 'node:fs'],
  ['src/conformance/a.ts', '../cli/run.ts'],
  ['src/server/a.ts', '../wire/play.ts'],
  ['src/server/a.ts', '../wire/thread.ts'],
  ['src/cli/a.ts', '../protocol/json.ts'],
  ['src/report/terminal/a.ts', '../../conformance/index.ts'],
  ['src/conformance/checks/sse/a.ts', 'node:fs'],
  ['src/conformance/checks/sse/a.ts', '../../run/check.ts'],
  ['src/conformance/checks/sse/a.ts', '../../../wire/node.ts'],
  ['src/conformance/judge/a.ts', '../probes/define-probe.ts'],
  ['src/conformance/judge/a.ts', '../../server/index.ts'],
])('%s may not import %s', async (path, specifier) => {
  expect(await lintAs(path, importing(specifier))).toContain('no-restricted-imports')
})

test.each([
  ['src/index.ts', './server/index.ts'],
  ['src/protocol/a.ts', '../wire/index.ts'],
  ['src/server/a.ts', '../wire/node.ts'],
  ['src/server/a.ts', '../mocks/index.ts'],
  ['src/mocks/a.ts', '../journal/index.ts'],
  ['src/conformance/checks/sse/a.ts', '../../../protocol/index.ts'],
  ['src/cli/a.ts', '../server/index.ts'],
  ['src/conformance/judge/a.ts', '../probe-ids.ts'],
  ['src/conformance/checks/sse/a.ts', '../../../speech/index.ts'],
  ['src/bench/a.ts', '../speech/index.ts'],
  ['src/bench/budgets/a.ts', '../../budget/index.ts'],
  ['src/conformance/budgets/a.ts', '../../budget/index.ts'],
  ['src/report/a.ts', '../budget/index.ts'],
  ['src/budget/a.ts', '../endpoint/index.ts'],
  ['src/artillery/a.ts', '../bench/index.ts'],
  ['src/tap/a.ts', '../speech/index.ts'],
  ['src/tap/pass/a.ts', '../../wire/node.ts'],
  ['src/tap/pass/a.ts', '../../wire/thread.ts'],
  ['src/vitest/a.ts', '../tap/index.ts'],
])('%s may import %s', async (path, specifier) => {
  expect(await lintAs(path, importing(specifier))).not.toContain('no-restricted-imports')
})

test('report may import the types of results', async () => {
  const source = "export type { x } from '../conformance/index.ts'\n"
  const typed = "import type { x } from '../conformance/index.ts'\n\nexport type Y = x\n"
  expect(await lintAs('src/report/a.ts', source)).not.toContain('no-restricted-imports')
  expect(await lintAs('src/report/a.ts', typed)).not.toContain('no-restricted-imports')
})
