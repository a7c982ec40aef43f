import { sizeToTell } from './sample-size.ts'

/** Says that values leave open on which side of a bound a share lies, and how many would tell. */
export function provesNeither(hits: number, size: number, bound: number): string {
  const needed = sizeToTell(hits, size, bound)
  const how =
    needed === null ? 'it is too close to be told' : `at this share it takes about ${needed}`
  return `prove neither side of the bound; ${how}`
}
