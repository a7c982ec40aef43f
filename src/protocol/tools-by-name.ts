import { isJsonObject, type JsonObject } from './json/json.ts'

/** The tools that a request offers, be they functions or take text, by name; what is not a definition is left out. */
export function toolsByName({ tools }: JsonObject): Map<string, JsonObject> {
  const definitions = (Array.isArray(tools) ? tools : []).map((tool) =>
    isJsonObject(tool) ? (tool['function'] ?? tool['custom']) : undefined,
  )
  return new Map(
    definitions.flatMap((definition) =>
      isJsonObject(definition) && typeof definition['name'] === 'string'
        ? [[definition['name'], definition] as const]
        : [],
    ),
  )
}
