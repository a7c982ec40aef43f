import { isJsonObject, type Json, type JsonObject, parseJson } from '../../../protocol/index.ts'
import type { AnswerSpec, CallSpec, ErrorSpec } from '../spec/scenario.ts'
import type { Note } from './taken.ts'
import { literal } from '../literal.ts'
import { noteLeftOut } from './note-left-out.ts'

const TAKEN = ['content', 'toolCalls', 'blocks', 'reasoning', 'finishReason', 'usage']
const ENVELOPE = ['id', 'created', 'model', 'role', 'systemFingerprint']

/** Takes over what a fixture answers; nothing where that is no chat completion. */
export function importResponse(response: JsonObject, note: Note): AnswerSpec | undefined {
  const { error, reasoning, finishReason, usage } = response
  if (isJsonObject(error)) return { error: importError(error, response) }
  const { said, calls } = partsOf(response, note)
  if (said === undefined && calls.length === 0) {
    note('left out: its response is none of a chat completion')
    return undefined
  }
  const dropped = ENVELOPE.filter((key) => response[key] !== undefined)
  if (dropped.length > 0) note(`response.${dropped.join(', ')}: derived from the request here`)
  noteLeftOut(response, [...TAKEN, ...ENVELOPE], note, 'response.')
  return {
    ...(said !== undefined && { text: literal(said) }),
    ...(calls.length > 0 && { calls: calls.map(importCall) }),
    ...(typeof reasoning === 'string' && { reasoning: literal(reasoning) }),
    ...(typeof finishReason === 'string' && {
      finishReason: finishReason as NonNullable<AnswerSpec['finishReason']>,
    }),
    ...(isJsonObject(usage) && importUsage(usage)),
  }
}

/** What is said and called. Blocks, where there are any, stand for all of it. */
function partsOf({ blocks, content, toolCalls, finishReason }: JsonObject, note: Note) {
  const inOrder = objectsOf(blocks)
  if (inOrder.length === 0) {
    if (Array.isArray(toolCalls) && toolCalls.length === 0 && finishReason === undefined) {
      note('response.toolCalls is empty: it ends with "stop" here, with "tool_calls" in aimock')
    }
    return { said: asText(content), calls: objectsOf(toolCalls) }
  }
  const calls = inOrder.filter(({ type }) => type === 'toolCall')
  const texts = inOrder.filter(({ type }) => type === 'text')
  if (texts.length > 0 && inOrder[0] === calls[0]) {
    note('text comes before tool calls here, whatever the order of "blocks"')
  }
  const said = texts.map((block) => asText(block['text']) ?? '').join('')
  return { said: texts.length > 0 ? said : undefined, calls }
}

function objectsOf(list: Json | undefined): JsonObject[] {
  return Array.isArray(list) ? list.filter(isJsonObject) : []
}

function importCall({ name, arguments: value = {}, id }: JsonObject): CallSpec {
  return {
    name: asText(name) ?? '',
    arguments: importArguments(value),
    ...(typeof id === 'string' && { id }),
  }
}

/** A string stays what it is, unless it is what would be written for its value. */
function importArguments(value: Json): Json {
  if (typeof value !== 'string')
    return isJsonObject(value) ? literals(value) : (asText(value) ?? '')
  const parsed = parseJson(value)
  return isJsonObject(parsed) && JSON.stringify(parsed) === value
    ? literals(parsed)
    : literal(value)
}

/** As aimock sends it: `retry-after` with 429 only. */
function importError(error: JsonObject, { status = 500, retryAfter = 1 }: JsonObject): ErrorSpec {
  const { message } = error
  const member = (key: string) => (typeof error[key] === 'string' ? { [key]: error[key] } : {})
  return {
    status: status as number,
    ...(typeof message === 'string' && { message: literal(message) }),
    type: 'server_error',
    ...member('type'),
    ...member('code'),
    ...member('param'),
    ...(status === 429 && { headers: { 'retry-after': asText(retryAfter) ?? '' } }),
  }
}

/** The names that other APIs have for what is counted; what is not told, beside what is, is 0. */
const COUNTS = {
  prompt: ['prompt_tokens', 'input_tokens', 'promptTokenCount'],
  completion: ['completion_tokens', 'output_tokens', 'candidatesTokenCount'],
  total: ['total_tokens', 'totalTokenCount'],
}

function importUsage(usage: JsonObject): Pick<AnswerSpec, 'usage'> {
  const count = (names: readonly string[]) =>
    names.map((name) => usage[name]).find((value) => typeof value === 'number')
  const [prompt, completion, total] = Object.values(COUNTS).map(count)
  if ((prompt ?? completion ?? total) === undefined) return {}
  return {
    usage: {
      prompt_tokens: prompt ?? 0,
      completion_tokens: completion ?? 0,
      total_tokens: total ?? (prompt ?? 0) + (completion ?? 0),
    },
  }
}

/** A value that is no string is sent as JSON. */
function asText(content: Json | undefined): string | undefined {
  if (content === undefined || content === null) return undefined
  return typeof content === 'string' ? content : JSON.stringify(content)
}

function literals(value: Json): Json {
  if (typeof value === 'string') return literal(value)
  if (Array.isArray(value)) return value.map(literals)
  if (!isJsonObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, literals(member)]))
}
