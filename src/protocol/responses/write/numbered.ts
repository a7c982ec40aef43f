import { isJsonObject, parseJson } from '../../json/json.ts'

/** Writes into an event which one it is; into one that has no number, nothing. */
export function numbered(data: string, sequence_number: number): string {
  const json = parseJson(data)
  return isJsonObject(json) && 'sequence_number' in json
    ? JSON.stringify({ ...json, sequence_number })
    : data
}
