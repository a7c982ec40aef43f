const ROWS = 6_000
/** 8 kB; all rows together take about what a young generation may have. */
const ROW = Array.from({ length: 1_000 }, () => 0)

/**
 * Makes the young generation of this thread as large as it may be, so that collections are seldom: a
 * stamp that falls into one is late. V8 lets it grow when much survives, which of a benchmark little
 * does; so for a moment, much does.
 */
export function growYoungGeneration(): void {
  const surviving: number[][] = []
  while (surviving.length < ROWS) surviving.push([...ROW])
}
