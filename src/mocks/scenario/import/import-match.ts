import type { Json, JsonObject } from '../../../protocol/index.ts'
import { escapeRegex } from '../escape-regex.ts'
import type { When } from '../spec/scenario.ts'
import type { Note } from './taken.ts'
import { noteLeftOut } from './note-left-out.ts'

const WITHOUT_COUNTERPART = ['inputText', 'responseFormat', 'predicate']
const TYPES = {
  userMessage: 'string',
  toolCallId: 'string',
  toolResultContains: 'string',
  toolName: 'string',
  model: 'string',
  context: 'string',
  hasToolResult: 'boolean',
  sequenceIndex: 'number',
  turnIndex: 'number',
} as const
/** There must be a system message, whatever is looked for in it. */
const SAYS_SOMETHING = String.raw`[\s\S]`

/** Takes over what a fixture matches, but for its place in a sequence; nothing where it would match more. */
export function importMatch(match: JsonObject, note: Note): When | undefined {
  const without = WITHOUT_COUNTERPART.find((key) => match[key] !== undefined)
  if (without !== undefined) {
    note(`left out: match.${without} has no counterpart`)
    return undefined
  }
  const wrong = Object.entries(TYPES).find(
    ([key, type]) => match[key] !== undefined && typeof match[key] !== type,
  )
  if (wrong) {
    note(`left out: match.${wrong[0]} is no ${wrong[1]}`)
    return undefined
  }
  const { endpoint = 'chat', systemMessage: system = [] } = match
  if (endpoint !== 'chat') {
    note(`left out: it answers ${JSON.stringify(endpoint)}, not chat completions`)
    return undefined
  }
  if (typeof system !== 'string' && !isListOfStrings(system)) {
    note('left out: match.systemMessage is neither a string nor a list of strings')
    return undefined
  }
  if (typeof system === 'string' || system.length > 0) {
    note('match.systemMessage looks at messages of the role "developer", too')
  }
  noteLeftOut(match, [...Object.keys(TYPES), 'endpoint', 'systemMessage'], note, 'match.')
  const { userMessage, toolCallId, toolResultContains, toolName, model, context, hasToolResult } =
    match as { readonly [Key in keyof typeof TYPES]?: string } & { hasToolResult?: boolean }
  const turnIndex = match['turnIndex'] as number | undefined
  if (turnIndex !== undefined) note('match.turnIndex became "turn", which is exact')
  if (hasToolResult === false && (toolCallId ?? toolResultContains) !== undefined) {
    note('left out: it wants a result of a tool, and none')
    return undefined
  }
  const result = {
    ...(toolCallId !== undefined && { id: toolCallId }),
    ...(toolResultContains !== undefined && { content: toolResultContains }),
  }
  return {
    ...(userMessage !== undefined && { user: userMessage }),
    ...systemOf(match['systemMessage']),
    ...(toolName !== undefined && { tool: toolName }),
    ...(hasToolResult !== undefined && { toolResult: hasToolResult }),
    ...(Object.keys(result).length > 0 && { toolResult: result }),
    // A name stands for its dated versions too.
    ...(model !== undefined && { model: { regex: `^${escapeRegex(model)}(?:-\\d.*)?$` } }),
    ...(context !== undefined && { header: { 'x-aimock-context': context } }),
    ...(turnIndex !== undefined && { turn: turnIndex }),
  }
}

function systemOf(wanted: Json | undefined): Pick<When, 'system'> {
  if (typeof wanted === 'string')
    return { system: wanted === '' ? { regex: SAYS_SOMETHING } : wanted }
  if (wanted === undefined || !isListOfStrings(wanted) || wanted.length === 0) return {}
  const parts = wanted.map((part) => `(?=[\\s\\S]*${escapeRegex(part)})`)
  return { system: { regex: `^${parts.join('')}${SAYS_SOMETHING}` } }
}

function isListOfStrings(value: Json): value is string[] {
  return Array.isArray(value) && value.every((part) => typeof part === 'string')
}
