/** What was measured: several values for each server and column. */
export class Results {
  readonly #values = new Map<string, number[]>()

  add(server: string, column: string, value: number): void {
    const key = `${server}\n${column}`
    this.#values.set(key, [...(this.#values.get(key) ?? []), value])
  }

  median(server: string, column: string): number {
    return quantile(this.#values.get(`${server}\n${column}`) ?? [NaN], 0.5)
  }

  /** A table in Markdown. */
  table(servers: readonly string[], columns: readonly string[]): string {
    const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`
    const rows = servers.map((server) =>
      line([server, ...columns.map((column) => show(this.median(server, column)))]),
    )
    return line(['server', ...columns]) + line(['---', ...columns.map(() => '--:')]) + rows.join('')
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
