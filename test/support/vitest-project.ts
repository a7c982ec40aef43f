import { execFile } from 'node:child_process'
import { symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { KEPT_TOGETHER, INSTALLED } from './start-cli.ts'
import { scratchFolder } from './scratch-folder.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const DOOR = join(INSTALLED, 'dist/vitest/index.js')
const VITEST = join(ROOT, 'node_modules/vitest/vitest.mjs')

/** A configuration by which Node.js itself imports this package, as it does where it is installed. */
export const AS_INSTALLED = `export default { test: { server: { deps: { external: [/\\/dist\\//] } } } }`

export interface Outcome {
  readonly status: 'passed' | 'failed' | 'skipped'
  readonly message: string
}

/** Runs a suite of a project of its own in a real vitest; gives the outcome of each test by its name. */
export async function runVitest(suite: string): Promise<Map<string, Outcome>> {
  const project = await scratchFolder()
  await symlink(join(ROOT, 'node_modules'), join(project, 'node_modules'))
  await writeFile(join(project, 'package.json'), '{ "type": "module" }')
  await writeFile(join(project, 'vitest.config.js'), AS_INSTALLED)
  await writeFile(
    join(project, 'suite.test.ts'),
    `import { describeConformance, useMockLlm, useTap } from '${DOOR}'\n${suite}`,
  )
  const report = join(project, 'report.json')
  const args = [VITEST, 'run', '--root', project, '--reporter=json', `--outputFile=${report}`]
  await new Promise((resolve) =>
    execFile(process.execPath, args, { env: { PATH: '', ...KEPT_TOGETHER } }, resolve),
  )
  const { testResults } = (await import(report, { with: { type: 'json' } })).default as {
    testResults: {
      assertionResults: { title: string; status: string; failureMessages: string[] }[]
    }[]
  }
  return new Map(
    testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .map(({ title, status, failureMessages }) => [
        title,
        { status: status as Outcome['status'], message: failureMessages.join('\n') },
      ]),
  )
}
