/** Timers of a thread that was held up all fire at once, before it takes new requests. */
const PARTS = 10

/** Waits, as a handler does that has something to do; requests come in meanwhile, even after a stall. */
export async function pause(ms: number): Promise<void> {
  for (let i = 0; i < PARTS; i++) await new Promise((resolve) => setTimeout(resolve, ms / PARTS))
}
