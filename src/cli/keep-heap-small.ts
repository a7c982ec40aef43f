import { setFlagsFromString } from 'node:v8'

/**
 * Keeps the young generation of the heap as it is. V8 would let it grow to 128 MB where a hostile answer
 * makes much garbage, and give none of that back; smaller, it is collected more often at no more cost.
 *
 * It holds for all threads, and is not for those that measure.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1')
}
