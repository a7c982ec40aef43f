import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { inject } from 'vitest'

/** The folder of the package as it is installed. */
export const INSTALLED = inject('installed')

/** The command line as it is installed. */
export const BIN = join(INSTALLED, 'dist/cli/bin.js')

/** What all processes of a run keep together: what is compiled, and temporary files. */
export const KEPT_TOGETHER = {
  NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE']!,
  TMPDIR: process.env['TMPDIR']!,
}

export interface CliResult {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Starts the real command line in a process of its own. */
export function startCli(
  args: readonly string[],
  env: Record<string, string> = {},
  stdin: 'ignore' | 'pipe' = 'ignore',
  cwd?: string,
): ChildProcess {
  return spawn(process.execPath, [BIN, ...args], {
    env: { PATH: process.env['PATH'], ...KEPT_TOGETHER, ...env },
    stdio: [stdin, 'pipe', 'pipe'],
    cwd,
  })
}

/** Runs the real command line to its end in a process of its own, in a folder if one is named. */
export async function spawnCli(
  args: readonly string[],
  env: Record<string, string> = {},
  cwd?: string,
): Promise<CliResult> {
  const child = startCli(args, env, 'ignore', cwd)
  const [stdout, stderr, code] = await Promise.all([
    text(child.stdout!),
    text(child.stderr!),
    new Promise<number | null>((resolve) => child.once('exit', resolve)),
  ])
  return { code, stdout, stderr }
}
