import pMap from 'p-map'

/** Checks whose mutants keep a client waiting: for their pace, or until it gives up. */
const SLOW = /^latency\/|^(?:errors\/error-in-200|errors\/method|transport\/closes-after-done)$/

/**
 * Plays something of each check, those that wait beside the others: more of these at a time would only
 * keep each other from their clocks.
 */
export async function playEach<T extends { readonly id: string }, R>(
  all: readonly T[],
  play: (each: T) => Promise<R>,
): Promise<R[]> {
  const played = new Map<T, R>()
  const playSome = (some: readonly T[], concurrency: number) =>
    pMap(some, async (each) => played.set(each, await play(each)), { concurrency })
  const isSlow = ({ id }: T) => SLOW.test(id)
  await Promise.all([
    playSome(all.filter(isSlow), 4),
    playSome(
      all.filter((each) => !isSlow(each)),
      3,
    ),
  ])
  return all.map((each) => played.get(each)!)
}
