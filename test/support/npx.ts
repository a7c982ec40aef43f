import { execFile } from 'node:child_process'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { TOOL } from '../../src/conformance/index.ts'
import { BIN, type CliResult, KEPT_TOGETHER } from './start-cli.ts'

/** Runs a script of a workflow in bash, in a folder, where `npx` runs this project instead of the published one. */
export async function runScript(
  script: string,
  env: Record<string, string>,
  cwd: string,
): Promise<CliResult> {
  const path = await mkdtemp(join(tmpdir(), 'soundcheck-npx-'))
  onTestFinished(() => rm(path, { recursive: true }))
  const npx = join(path, 'npx')
  await writeFile(
    npx,
    `#!/bin/sh
[ "$1 $2" = '--yes ${TOOL.name}@${TOOL.version}' ] || { echo "npx $*: not this version" >&2; exit 99; }
shift 2
exec '${process.execPath}' '${BIN}' "$@"
`,
  )
  await chmod(npx, 0o755)
  const PATH = [path, dirname(process.execPath), process.env['PATH']].join(delimiter)
  return new Promise((resolve) => {
    // As GitHub runs a step.
    const args = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script]
    const child = execFile(
      'bash',
      args,
      { cwd, env: { PATH, ...KEPT_TOGETHER, ...env } },
      (_, stdout, stderr) => resolve({ code: child.exitCode, stdout, stderr }),
    )
  })
}
