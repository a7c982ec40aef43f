import { clock } from './runtime.ts'

/** What a function of who runs the gateway gives; nothing where it throws, or takes longer than `ms`. */
export async function inTime<T>(ms: number, run: () => Promise<T>): Promise<T | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>()
  const callOff = clock.at(clock.now() + ms, () => resolve(undefined))
  try {
    return await Promise.race([run(), late])
  } catch {
    return undefined
  } finally {
    callOff()
  }
}
