import { once } from 'node:events'
import { onTestFinished, vi } from 'vitest'
import { startCli } from './start-cli.ts'
import { CALLER_KEY } from './voice-turn.ts'

/** A command line of `soundcheck`, as a platform runs it. */
export type Command = readonly string[]

export interface DeployedGateway {
  /** Without a path. */
  readonly origin: string
  /** Ends it as platforms do; gives its exit code. */
  readonly stop: () => Promise<number | null>
}

/** Runs what a platform would, in front of a model, on any free port, while a test runs. */
export async function deployedGateway(command: Command, model: string): Promise<DeployedGateway> {
  const args = command.map((word) => (word === '$PORT' ? '0' : word))
  const child = startCli([...args, '--host', '127.0.0.1', '--port', '0'], {
    OPENAI_BASE_URL: model,
    OPENAI_API_KEY: 'sk-up',
    SOUNDCHECK_API_KEY: CALLER_KEY,
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const exit = once(child, 'exit') as Promise<[number | null]>
  let said = ''
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.on('data', (data) => (said += String(data)))
  }
  const url = await vi.waitUntil(
    () => {
      if (child.exitCode !== null) throw new Error(said)
      return /Listening on (\S+)/.exec(said)?.[1]
    },
    { timeout: 30_000 },
  )
  return {
    origin: new URL(url).origin,
    async stop() {
      child.kill('SIGTERM')
      const [code] = await exit
      return code
    },
  }
}
