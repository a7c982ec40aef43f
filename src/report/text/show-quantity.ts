/** A number with as many digits as mean something; `-` where there is none. */
export function showNumber(value: number | null): string {
  if (value === null) return '-'
  const size = Math.abs(value)
  if (size !== 0 && size < 1) return value.toFixed(size < 0.1 ? 3 : 2)
  return size < 100 ? value.toFixed(1) : value.toFixed(0)
}

export function showQuantity(value: number | null, unit: string): string {
  return value === null ? '-' : `${showNumber(value)} ${unit}`
}
