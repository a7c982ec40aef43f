import type { Distribution } from './tally.ts'

/**
 * How many values do not keep a bound: exactly while the sample holds all of them, and otherwise to
 * the bucket of the histogram, a thousandth of the bound.
 */
export function countBeyond(
  { histogram, sample: { values } }: Distribution,
  operator: '<' | '>',
  bound: number,
): number {
  const isUpper = operator === '<'
  if (values.length < histogram.count) {
    return isUpper ? histogram.countFrom(bound) : histogram.countUpTo(bound)
  }
  return values.filter((value) => (isUpper ? value >= bound : value <= bound)).length
}
