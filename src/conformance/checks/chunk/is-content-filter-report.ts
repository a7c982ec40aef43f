import { isJsonObject, type Json } from '../../../protocol/index.ts'

/** Azure's asynchronous filter reports on text it has sent before, in a choice without a delta. */
export function isContentFilterReport(choice: Json): boolean {
  return (
    isJsonObject(choice) &&
    (choice['delta'] ?? null) === null &&
    Object.keys(choice).some((member) => member.startsWith('content_filter'))
  )
}
