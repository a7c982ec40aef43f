import { isJsonObject, type JsonObject } from '../../../../protocol/index.ts'
import type { Evidence } from '../../../evidence/evidence.ts'

/** An item that is a call, where an event announces or closes it. */
export interface ToldCall {
  /** Ordinal of the event in the answer, from 0. */
  readonly event: number
  readonly item: JsonObject
}

/** Each time that an event tells a whole call, in the order of the calls. */
export function toldCalls({ responses: { items } }: Evidence): ToldCall[] {
  return items.flatMap(({ call, added, done }) =>
    call ? [added, done].filter((told) => isJsonObject(told?.item)).map((told) => told!) : [],
  )
}
