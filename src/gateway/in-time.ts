import { clock } from './runtime.ts'

/** What a function of who runs the gateway gives; nothing where it throws, or takes longer than `ms`. */
export async function inTime<T>(ms: number, run: () => Promise<T>): Promise<T | undefined> {
  return new Promise((resolve) => {
    const callOff = clock.at(clock.now() + ms, () => resolve(undefined))
    const done = (value?: T) => {
      callOff()
      resolve(value)
    }
    // It may throw before it gives a promise.
    void (async () => run())().then(done, () => done())
  })
}
