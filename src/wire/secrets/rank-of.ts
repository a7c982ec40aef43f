/** Which of some numbers is the last that is no greater than a value; they must rise, and begin at or below it. */
export function rankOf(numbers: readonly number[], value: number): number {
  let low = 0
  let high = numbers.length
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (numbers[middle]! <= value) low = middle
    else high = middle
  }
  return low
}
