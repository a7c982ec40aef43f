/** A share, with as many digits as it takes. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(2).replace(/\.?0+$/, '')} %`
}
