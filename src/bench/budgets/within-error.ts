/** Says that a time is too close to its bound to be told apart from it. */
export function withinError(errorMs: number): string {
  return `it is within the error of the instrument, ${errorMs.toFixed(1)} ms, of the bound`
}
