/** To thousandths: more digits than a clock has. */
export function round(value: number): number {
  return Math.round(value * 1_000) / 1_000
}
