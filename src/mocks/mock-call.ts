import type { JournaledCall } from '../journal/index.ts'
import type { Dialect } from '../protocol/index.ts'

/** What goes with a request for an answer of the mock. */
export interface MockCall extends JournaledCall {
  /** That of the path at which it came in. */
  readonly dialect: Dialect
}
