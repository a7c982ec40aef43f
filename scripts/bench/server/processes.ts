import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { Connection, requestBytes } from './client.ts'
import { commands, type Pace } from './commands.ts'

export interface Usage {
  /** Resident memory, in MiB. */
  readonly rss: number
  readonly cpuSeconds: number
}

/** What Linux counts CPU time in (`getconf CLK_TCK`). */
const TICKS_PER_SECOND = 100

/** Runs a server in a process of its own, as long as the work takes. */
export async function withServer(
  name: string,
  pace: Pace,
  work: (port: number, usage: () => Usage) => Promise<void>,
): Promise<void> {
  const child = spawn(process.execPath, commands[name]!(pace), {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const port = await portOf(child.stdout)
    child.stdout.resume()
    await work(port, () => usageOf(child.pid!))
  } finally {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
}

/** How long a server takes from its start to the end of its first answer, in milliseconds. */
export async function startUpMs(name: string): Promise<number> {
  const start = performance.now()
  let took = NaN
  await withServer(name, 'at once', async (port) => {
    const connection = await Connection.open(port, false)
    await connection.ask(requestBytes())
    took = performance.now() - start
    connection.close()
  })
  return took
}

/** From what Linux tells of a process, which need not help with it. */
function usageOf(pid: number): Usage {
  const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/.*\) /, '')
    .split(' ')
    .slice(11, 13)
  const [, kib] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))!
  return {
    rss: Number(kib) / 1_024,
    cpuSeconds: (Number(user) + Number(system)) / TICKS_PER_SECOND,
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
