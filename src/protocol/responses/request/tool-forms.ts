import { isJsonObject, type Json, type JsonObject } from '../../json/json.ts'

/** What a tool, or the choice of one, has in a member of its own in chat completions, and beside its type here. */
const NAMED = ['function', 'custom'] as const

/** Writes a tool, or a choice of one, as this API has it: `{"type": "function", "name": ...}`. */
export function flat(tool: Json): Json {
  if (!isJsonObject(tool)) return tool
  if (isJsonObject(tool['allowed_tools'])) {
    const { allowed_tools: allowed, ...rest } = tool
    const { tools, ...others } = allowed
    return { ...rest, ...others, tools: Array.isArray(tools) ? tools.map(flat) : tools! }
  }
  const kind = NAMED.find((each) => isJsonObject(tool[each]))
  if (kind === undefined) return tool
  const { [kind]: named, ...rest } = tool
  return { ...rest, ...(named as JsonObject) }
}

/** Reads one into the words of chat completions; what is nested already stays. */
export function nested(tool: Json): Json {
  if (!isJsonObject(tool)) return tool
  const { type, ...named } = tool
  if (type === 'allowed_tools' && !isJsonObject(named['allowed_tools'])) {
    const { mode, tools, ...rest } = named
    const allowed = { mode: mode!, tools: Array.isArray(tools) ? tools.map(nested) : tools! }
    return { type, ...rest, allowed_tools: allowed }
  }
  const kind = NAMED.find((each) => each === type)
  return kind === undefined || isJsonObject(named[kind]) ? tool : { type: kind, [kind]: named }
}
