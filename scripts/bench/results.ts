/** What was measured: several values for each row and column. */
export class Results {
  readonly #values = new Map<string, number[]>()

  add(row: string, column: string, value: number): void {
    const key = `${row}\n${column}`
    this.#values.set(key, [...(this.#values.get(key) ?? []), value])
  }

  median(row: string, column: string): number {
    return quantile(this.#values.get(`${row}\n${column}`) ?? [NaN], 0.5)
  }

  /** A table in Markdown. */
  table(rows: readonly string[], columns: readonly string[]): string {
    const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`
    const body = rows.map((row) =>
      line([row, ...columns.map((column) => show(this.median(row, column)))]),
    )
    return line(['', ...columns]) + line(['---', ...columns.map(() => '--:')]) + body.join('')
  }
}

function show(value: number): string {
  if (Number.isNaN(value)) return ''
  return value >= 1_000 ? value.toFixed(0) : value.toFixed(2)
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!
}
