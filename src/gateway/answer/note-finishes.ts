import { isJsonObject, type JsonObject } from '../../protocol/index.ts'

/** Keeps the choices that were begun, and have not told why they end, by what one more chunk says. */
export function noteFinishes({ choices }: JsonObject, unfinished: Set<number>): void {
  for (const choice of choices as readonly unknown[]) {
    if (!isJsonObject(choice)) continue
    const index = choice['index'] as number
    if (choice['finish_reason']) unfinished.delete(index)
    else unfinished.add(index)
  }
}
