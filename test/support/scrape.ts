import parse from 'parse-prometheus-text-format'
import type { GatewayMetrics } from '../../src/gateway/account/metrics.ts'
import type { TurnRecord } from '../../src/gateway/account/turn-record.ts'

/** What metrics tell, as a scraper reads them. */
export interface Scrape {
  /** The sum of all series of a name that have these labels. */
  readonly total: (name: string, labels?: Readonly<Record<string, string>>) => number
  /** All values of a label. */
  readonly values: (label: string) => Set<string>
  readonly names: readonly string[]
}

/** Reads metrics over their text, as Prometheus does. */
export async function scrape(metrics: GatewayMetrics): Promise<Scrape> {
  return readScrape((await metrics.exposition()).body)
}

/** Reads what a scrape was answered with. */
export function readScrape(body: string): Scrape {
  // The parser forgets the labels of histograms, unless it takes their series for plain ones.
  const families = parse(body.replaceAll(/^#.*\n/gm, ''))
  return {
    total: (name, labels = {}) =>
      families
        .filter((family) => family.name === name)
        .flatMap((family) => family.metrics)
        .filter((each) =>
          Object.entries(labels).every(([key, value]) => each.labels?.[key] === value),
        )
        .reduce((sum, { value }) => sum + Number(value), 0),
    values: (label) =>
      new Set(
        families.flatMap((family) => family.metrics.flatMap(({ labels }) => labels?.[label] ?? [])),
      ),
    names: families.map(({ name }) => name),
  }
}

/** Has metrics see turns that are all under way at the same time. */
export function watch(metrics: GatewayMetrics, records: readonly TurnRecord[]): void {
  const ends = records.map((record) => [metrics.began(record), record] as const)
  for (const [end, record] of ends) end(record)
}
