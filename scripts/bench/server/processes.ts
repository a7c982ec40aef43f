import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
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

/** How long `soundcheck serve` takes from its start to the end of its first answer, in milliseconds. */
export async function startUpMs(): Promise<number> {
  const bin = fileURLToPath(new URL('../../../dist/cli/bin.js', import.meta.url))
  const start = performance.now()
  const child = spawn(process.execPath, [bin, 'serve', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const [line] = (await once(child.stdout, 'data')) as [Buffer]
    const port = Number(/:(\d+)/.exec(line.toString())![1])
    const connection = await Connection.open(port, false)
    await connection.ask(requestBytes())
    const took = performance.now() - start
    connection.close()
    return took
  } finally {
    child.kill()
    await once(child, 'exit')
  }
}

async function next(child: ChildProcess): Promise<unknown> {
  const [message] = (await once(child, 'message')) as [unknown]
  return message
}
