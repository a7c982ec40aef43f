import { isJsonObject, type JsonObject } from './json.ts'

/** Adds to a request what is sent along: to a member of it, or to the request itself. What it replaces is gone. */
export function withExtraBody(
  request: JsonObject,
  extraBody: JsonObject,
  member: string | undefined,
): JsonObject {
  if (member === undefined) return { ...request, ...extraBody }
  const own = request[member]
  return { ...request, [member]: { ...(isJsonObject(own) && own), ...extraBody } }
}
