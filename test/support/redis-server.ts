import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import { freePort } from './free-port.ts'

const isMissing = spawnSync('redis-server', ['--version']).error !== undefined

/** Whether tests that need Redis are skipped: not where CI requires it. */
export const SKIPS_REDIS = isMissing && process.env['REQUIRE_REDIS'] === undefined

/** Names such tests, and says why they are skipped. */
export function withRedis(name: string): string {
  return isMissing ? `${name} (redis-server is not installed: apt-get install redis-server)` : name
}

/** Debian's Redis, which lasts for the running test. */
export interface RedisServer {
  readonly url: string
  /** Starts it, empty. */
  start(): Promise<void>
  /** Ends it at once. */
  kill(): Promise<void>
  /** Stops it: it takes connections, and says nothing. */
  freeze(): void
  thaw(): void
}

export async function redisServer(): Promise<RedisServer> {
  const port = await freePort()
  let child: ChildProcess | undefined
  const server: RedisServer = {
    url: `redis://127.0.0.1:${port}`,
    async start() {
      const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '']
      child = spawn('redis-server', args, { stdio: 'ignore', cwd: '/' })
      for (let attempt = 0; attempt < 100; attempt++) {
        if (await isListening(port)) return
        await sleep(50)
      }
      throw new Error('redis-server did not start')
    },
    async kill() {
      if (!child || child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    },
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
  }
  await server.start()
  onTestFinished(() => server.kill())
  return server
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
