import { setTimeout as sleep } from 'node:timers/promises'
import { monotonicNow } from '../../../src/bench/lane/clock.ts'
import { openAll } from '../connection.ts'
import type { Usage } from '../with-process.ts'
import { type Heard, Stamps } from './stamps.ts'
import { type Pace, requestFor } from './workload.ts'

export interface Load extends Pace {
  readonly streams: number
}

/** What came of a load. */
export interface Outcome {
  readonly heard: readonly Heard[]
  readonly streamsPerCpuSecond: number
}

/** So many callers, out of step, one answer after the other each, for so long. */
export async function measure(
  port: number,
  load: Load,
  options: {
    readonly headers: Readonly<Record<string, string>>
    readonly durationMs: number
    readonly usage: () => Usage
  },
): Promise<Outcome> {
  const connections = await openAll(port, load.streams)
  const before = options.usage()
  const end = performance.now() + options.durationMs
  const heard: Heard[] = []
  await Promise.all(
    connections.map(async (connection, caller) => {
      await sleep((caller / load.streams) * load.words * load.gapMs)
      const request = requestFor(load, caller, options.headers)
      while (performance.now() < end) {
        const stamps = new Stamps(monotonicNow())
        await connection.ask(request, (bytes) => stamps.feed(bytes, monotonicNow()))
        heard.push(stamps.heard(load.words))
      }
    }),
  )
  const after = options.usage()
  for (const connection of connections) connection.close()
  return { heard, streamsPerCpuSecond: heard.length / (after.cpuSeconds - before.cpuSeconds) }
}
