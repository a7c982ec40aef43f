import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import type { Readable } from 'node:stream'

export interface Usage {
  /** Resident memory, in MiB. */
  readonly rss: number
  readonly cpuSeconds: number
}

/** A program that says on which port it listens, when it does. */
export interface Program {
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

/** Runs a program in a process of its own, as long as the work takes. */
export async function withProcess<T>(
  { args, env }: Program,
  work: (port: number, usage: () => Usage) => Promise<T>,
): Promise<T> {
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  })
  try {
    const port = await portOf(child.stdout)
    child.stdout.resume()
    return await work(port, () => usageOf(child.pid!))
  } finally {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
}

/** From what Linux tells of a process, which need not help with it. */
function usageOf(pid: number): Usage {
  const [, kib] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))!
  const onCpu = readdirSync(`/proc/${pid}/task`).map((thread) =>
    Number.parseInt(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8')),
  )
  return { rss: Number(kib) / 1_024, cpuSeconds: onCpu.reduce((sum, ns) => sum + ns, 0) / 1e9 }
}

/** The port that a server says it listens on. */
async function portOf(output: Readable): Promise<number> {
  let said = ''
  for await (const piece of output.iterator({ destroyOnReturn: false })) {
    said += String(piece)
    const port = /http:\/\/(?:127\.0\.0\.1|localhost):(\d+)\D/.exec(said)?.[1]
    if (port !== undefined) return Number(port)
  }
  throw new Error(`no address in: ${said}`)
}
