import { isJsonObject, parseJson } from '../../protocol/index.ts'

/** The members of the arguments of a call, in an order of their own; `undefined` where they are no object. */
export function entriesOf(args: string): string | undefined {
  const json = parseJson(args)
  if (!isJsonObject(json)) return undefined
  return JSON.stringify(Object.entries(json).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
