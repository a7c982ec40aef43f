import { isJsonObject, type JsonObject } from '../../../protocol/index.ts'
import type { RequestFeature } from './request-feature.ts'

/** Something in a request of the Responses API, in its own words, that some endpoints refuse. */
export type AskedFeature = Pick<RequestFeature, 'name' | 'isIn' | 'removeFrom'>

export function itemsIn({ input }: JsonObject): JsonObject[] {
  return Array.isArray(input) ? input.filter(isJsonObject) : []
}

export function isMessage({ type = 'message' }: JsonObject): boolean {
  return type === 'message'
}

/** A feature of items: those that have it, and what is sent in their place, or nothing. */
export function ofItems(
  name: string,
  hasIt: (item: JsonObject) => boolean,
  without: (item: JsonObject) => JsonObject | undefined,
): AskedFeature {
  return {
    name,
    isIn: (asked) => itemsIn(asked).some(hasIt),
    removeFrom: (asked) => ({
      ...asked,
      input: itemsIn(asked).flatMap((item) => (hasIt(item) ? (without(item) ?? []) : item)),
    }),
  }
}
