import { expect } from 'vitest'

/** Waits until something holds. */
export async function settled(holds: () => boolean): Promise<void> {
  await expect.poll(holds, { interval: 5 }).toBe(true)
}
