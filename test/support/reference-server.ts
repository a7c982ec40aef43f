import { onTestFinished } from 'vitest'
import { type ServerOptions, startServer } from '../../src/server/index.ts'

/** What keeps a benchmark waiting now and then: a thread that never does makes its run void. */
export const PACED: ServerOptions = { pacing: { ttft: 20 } }

/** Starts the reference server for the running test; gives its base URL. */
export async function referenceServer(options: ServerOptions = {}): Promise<string> {
  // What is loaded once would make a first answer late.
  const server = await startServer({ warm: true, ...options })
  onTestFinished(() => server.close())
  return server.url
}
