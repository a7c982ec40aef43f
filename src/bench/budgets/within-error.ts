/** Says that a value is too close to its bound to be told apart from it. */
export function withinError(error: number, unit: string): string {
  return `it is within the error of the instrument, ${error.toFixed(1)} ${unit}, of the bound`
}
