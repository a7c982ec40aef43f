import { clock } from './runtime.ts'

/** What a function of who runs the gateway gives; nothing where it throws, or takes longer than `ms`. */
export async function inTime<T>(ms: number, run: () => Promise<T>): Promise<T | undefined> {
  const late = Promise.withResolvers<undefined>()
  const callOff = clock.at(clock.now() + ms, () => late.resolve(undefined))
  try {
    // It may throw before it gives a promise.
    return await Promise.race([(async () => run())(), late.promise])
  } catch {
    return undefined
  } finally {
    callOff()
  }
}
