import type { ServerResponse } from 'node:http'
import type { JournaledCall } from '../journal/index.ts'
import type { Dialect } from '../protocol/index.ts'
import type { MockCall } from '../mocks/index.ts'
import { goneSignal } from '../wire/node.ts'

/** What goes with a request while its response is open. */
export class OpenCall implements JournaledCall {
  readonly scope: string
  readonly entry: JournaledCall['entry']
  readonly #response: ServerResponse
  #gone: AbortSignal | undefined

  constructor(response: ServerResponse, scope: string, entry?: JournaledCall['entry']) {
    this.#response = response
    this.scope = scope
    this.entry = entry
  }

  /** Made for who asks, since few do, and it costs as much as the whole routing. */
  get gone(): AbortSignal {
    return (this.#gone ??= goneSignal(this.#response))
  }
}

/** The same, in a dialect. */
export class OpenMockCall extends OpenCall implements MockCall {
  readonly dialect: Dialect

  constructor(
    response: ServerResponse,
    dialect: Dialect,
    scope: string,
    entry?: JournaledCall['entry'],
  ) {
    super(response, scope, entry)
    this.dialect = dialect
  }
}
