/** A fault by its name, and how often it strikes. */
export interface FaultSpec {
  /** Such as `sse/done-missing` or `network/reset`. */
  readonly name: string
  /** Share of the requests that it breaks, from 0 to 1; the same ones at every run. */
  readonly rate?: number
}
