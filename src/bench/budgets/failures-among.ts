/** Says that failures count as values. */
export function failuresAmong(failures: number, count: number): string {
  return `${failures} of ${count} values are failed requests, which are beyond any bound`
}
