import { isJsonObject, type Json, type JsonObject } from '../../../protocol/index.ts'
import { type RequestFeature, without } from './request-feature.ts'

/** What the requests of probes offer. */
const TOOLS = [
  'end_call',
  'language_detection',
  'skip_turn',
  'transfer_to_number',
  'transfer_to_agent',
  'voicemail_detection',
  'play_keypad_touch_tone',
  'find_blend',
  'lookup_order',
] as const

/** A tool among others. */
export type ToolFeatureId = `tool:${(typeof TOOLS)[number]}`

export const toolFeatures = Object.fromEntries(
  TOOLS.map((name) => [`tool:${name}`, oneTool(name)]),
) as Record<ToolFeatureId, RequestFeature>

export const tools: RequestFeature = {
  name: '`tools`',
  needed: true,
  isIn: (request) => toolsOf(request).length > 0,
  removeFrom: without('tools', 'tool_choice'),
}

/** The tool of a request that offers one, as the feature that it is among others. */
export function onlyToolIn(request: JsonObject): ToolFeatureId | undefined {
  const [tool, ...others] = toolsOf(request)
  if (tool === undefined || others.length > 0) return undefined
  const id = `tool:${nameOf(tool)}`
  return isToolFeature(id) ? id : undefined
}

function isToolFeature(id: string): id is ToolFeatureId {
  return Object.hasOwn(toolFeatures, id)
}

function oneTool(name: string): RequestFeature {
  return {
    name: 'the tool',
    toolsWith: () => [name],
    needed: true,
    isIn: (request) => {
      const names = toolsOf(request).map(nameOf)
      return names.length > 1 && names.includes(name)
    },
    removeFrom: (request) => ({
      ...request,
      tools: toolsOf(request).filter((tool) => nameOf(tool) !== name),
    }),
  }
}

export function toolsOf({ tools: offered }: JsonObject): Json[] {
  return Array.isArray(offered) ? offered : []
}

export function nameOf(tool: Json): string {
  const called = isJsonObject(tool) ? tool['function'] : undefined
  const name = isJsonObject(called) ? called['name'] : undefined
  return typeof name === 'string' ? name : ''
}
