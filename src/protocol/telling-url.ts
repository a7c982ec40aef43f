import { dialectFor } from './dialect-for.ts'
import type { Dialect } from './dialect.ts'

/** A server URL that alone says in which dialect it is asked: as it was given, or whole, with its path. */
export function tellingUrl(given: string, whole: string, { id }: Dialect): string {
  return dialectFor(given)?.id === id ? given : whole
}
