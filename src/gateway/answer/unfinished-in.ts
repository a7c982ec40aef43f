import { isJsonObject } from '../../protocol/index.ts'
import type { Sent } from '../repair/repair.ts'

/** The choices that were begun, and have not told why they end. */
export function unfinishedIn(
  pieces: readonly { readonly sent: readonly Sent[] }[],
): readonly number[] {
  const unfinished = new Set<number>()
  for (const { chunk } of pieces.flatMap(({ sent }) => sent)) {
    for (const choice of chunk['choices'] as readonly unknown[]) {
      if (!isJsonObject(choice)) continue
      const index = choice['index'] as number
      if (choice['finish_reason']) unfinished.delete(index)
      else unfinished.add(index)
    }
  }
  return [...unfinished]
}
