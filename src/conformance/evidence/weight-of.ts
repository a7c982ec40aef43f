import { type Arrival, type Exchange, type Marks, sizeOf } from '../../wire/index.ts'

/** What reading a body takes, in bytes of memory: of its texts, of its events, and of their JSON. */
export function weightOf(
  arrivals: readonly Arrival[],
  { lines, values }: Marks,
  exchange?: Exchange,
): number {
  const asked = exchange?.request.body?.length ?? 0
  return 4 * sizeOf(arrivals) + 300 * lines + 250 * values + 4 * asked + 4_096
}
