import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { Connection, requestBytes } from './client.ts'

export interface Usage {
  /** Resident memory, in MiB. */
  readonly rss: number
  readonly cpuSeconds: number
}

/** Runs a contender in a process of its own, as long as the work takes. */
export async function withServer(
  name: string,
  pace: 'burst' | 'paced',
  work: (port: number, usage: () => Promise<Usage>) => Promise<void>,
): Promise<void> {
  const child = fork(new URL('contend.ts', import.meta.url), [name, pace])
  try {
    const { port } = (await next(child)) as { port: number }
    await work(port, async () => {
      child.send('usage')
      return (await next(child)) as Usage
    })
  } finally {
    child.kill()
    await once(child, 'exit')
  }
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** How mock servers are started from the command line, as they are installed. */
export const COMMANDS = {
  soundcheck: [here('../../../dist/cli/bin.js'), 'serve', '--port', '0', '--quiet'],
  aimock: [
    here('../../../node_modules/@copilotkit/aimock/dist/cli.js'),
    '--port',
    '0',
    '--fixtures',
    here('aimock-fixtures.json'),
  ],
}

/** How long a command takes from its start to the end of its first answer, in milliseconds. */
export async function startUpMs(command: readonly string[]): Promise<number> {
  const start = performance.now()
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const connection = await Connection.open(await portOf(child.stdout), false)
    await connection.ask(requestBytes())
    const took = performance.now() - start
    connection.close()
    return took
  } finally {
    child.kill()
    await once(child, 'exit')
  }
}

/** The port that a server says it listens on. */
async function portOf(output: Readable): Promise<number> {
  let said = ''
  for await (const piece of output.iterator({ destroyOnReturn: false })) {
    said += String(piece)
    const port = /http:\/\/127\.0\.0\.1:(\d+)/.exec(said)?.[1]
    if (port !== undefined) return Number(port)
  }
  throw new Error(`no address in: ${said}`)
}

async function next(child: ChildProcess): Promise<unknown> {
  const [message] = (await once(child, 'message')) as [unknown]
  return message
}
