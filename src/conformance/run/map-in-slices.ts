import { breather } from './breather.ts'

/** Maps one item after the other, and lets the event loop turn meanwhile. */
export async function mapInSlices<Item, Result>(
  items: readonly Item[],
  map: (item: Item) => Result,
): Promise<Result[]> {
  const breathe = breather()
  const results: Result[] = []
  for (const item of items) {
    await breathe()
    results.push(map(item))
  }
  return results
}
