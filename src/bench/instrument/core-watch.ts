import { cpus } from 'node:os'
import { monotonicNow } from '../lane/clock.ts'
import { CoreMeter, type CoreTimes } from './core-meter.ts'

/** Clocks of cores go by ticks of up to 10 ms: so much more that a share of it can be told. */
const LOOK_MS = 250

/** Watches the cores of this machine, until it is disposed of. */
export class CoreWatch implements Disposable {
  #meter: CoreMeter | undefined
  #looking: NodeJS.Timeout | undefined

  /** Begins at a moment of the monotonic clock. */
  begin(atMs: number): void {
    this.#looking = setInterval(() => {
      if (this.#meter) this.#meter.look(coreTimes())
      else if (monotonicNow() >= atMs) this.#meter = new CoreMeter(coreTimes())
    }, LOOK_MS)
  }

  /** In how much of the time no core was idle. */
  get fullShare(): number {
    return this.#meter?.fullShare ?? 0
  }

  [Symbol.dispose](): void {
    clearInterval(this.#looking)
  }
}

function coreTimes(): CoreTimes {
  let busyMs = 0
  let idleMs = 0
  for (const { times } of cpus()) {
    busyMs += times.user + times.nice + times.sys + times.irq
    idleMs += times.idle
  }
  return { busyMs, idleMs }
}
