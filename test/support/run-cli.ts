import { vi } from 'vitest'
import { run } from '../../src/cli/run.ts'
import { BIN, type CliResult, KEPT_TOGETHER } from './start-cli.ts'

let isRunning = false

/**
 * Runs the command line to its end in this process, in a folder if one is named: a process of its own
 * takes half a second to start. They share the process, so one has to end before the next.
 */
export async function runCli(
  args: readonly string[],
  env: Record<string, string> = {},
  cwd = process.cwd(),
): Promise<CliResult> {
  if (isRunning) throw new Error('another command is running in this process')
  isRunning = true
  const before = { cwd: process.cwd(), env: { ...process.env } }
  const [stdout, stderr] = [collect(process.stdout), collect(process.stderr)]
  try {
    process.chdir(cwd)
    setEnvironment({ PATH: process.env['PATH'], ...KEPT_TOGETHER, ...env })
    const code = await run([process.execPath, BIN, ...args])
    return { code, stdout: stdout.text(), stderr: stderr.text() }
  } finally {
    stdout.restore()
    stderr.restore()
    setEnvironment(before.env)
    process.chdir(before.cwd)
    isRunning = false
  }
}

function setEnvironment(env: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name]
  Object.assign(process.env, env)
}

/** Collects what is written to a stream instead of passing it on. */
function collect(stream: NodeJS.WriteStream): { text: () => string; restore: () => void } {
  const write = vi.spyOn(stream, 'write').mockReturnValue(true)
  return {
    text: () => write.mock.calls.map(([piece]) => String(piece)).join(''),
    restore: () => write.mockRestore(),
  }
}
