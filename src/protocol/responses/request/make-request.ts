import { isJsonObject, type Json, type JsonObject } from '../../json/json.ts'
import { contentOf } from './content-forms.ts'
import { flat } from './tool-forms.ts'

/** What this API has not. */
const UNKNOWN_HERE = [
  'frequency_penalty',
  'function_call',
  'functions',
  'logit_bias',
  'logprobs',
  'n',
  'presence_penalty',
  'seed',
  'stop',
  'stream_options',
] as const

/**
 * Writes a request that is given in the words of chat completions: the first message of the system
 * becomes the instructions, the others become items as the sample of ElevenLabs has them, without a
 * type.
 */
export function makeRequest(chat: JsonObject): JsonObject {
  const {
    messages,
    tools,
    tool_choice,
    max_tokens,
    max_completion_tokens = max_tokens,
    response_format,
    reasoning_effort,
    ...rest
  } = chat
  for (const member of UNKNOWN_HERE) delete rest[member]
  const [first, ...others] = Array.isArray(messages) ? messages : []
  const isPrompt =
    isJsonObject(first) && first['role'] === 'system' && typeof first['content'] === 'string'
  const items = isPrompt ? others : first === undefined ? [] : [first, ...others]
  return {
    ...rest,
    ...(isPrompt && { instructions: first['content']! }),
    ...(messages !== undefined && { input: itemsOf(items) }),
    ...(tools !== undefined && { tools: Array.isArray(tools) ? tools.map(flat) : tools }),
    ...(tool_choice !== undefined && { tool_choice: flat(tool_choice) }),
    ...(max_completion_tokens !== undefined && { max_output_tokens: max_completion_tokens }),
    ...(response_format !== undefined && { text: { format: formatOf(response_format) } }),
    ...(reasoning_effort !== undefined && { reasoning: { effort: reasoning_effort } }),
  }
}

/** The items that say what messages say. */
function itemsOf(messages: readonly Json[]): Json[] {
  return messages.flatMap((message) => (isJsonObject(message) ? itemsOfMessage(message) : message))
}

function itemsOfMessage(message: JsonObject): JsonObject[] {
  const { role, content = null, tool_calls: calls, tool_call_id: id, ...rest } = message
  if (role === 'tool') {
    return [{ type: 'function_call_output', call_id: id ?? null, output: content ?? '' }]
  }
  const made = (Array.isArray(calls) ? calls : []).flatMap((call) =>
    isJsonObject(call) ? callItem(call) : [],
  )
  const isSilent = made.length > 0 && (content === null || content === '')
  return isSilent
    ? made
    : [{ ...rest, ...(role !== undefined && { role }), content: contentOf(role, content) }, ...made]
}

function callItem({ id, function: called, custom }: JsonObject): JsonObject[] {
  if (isJsonObject(called)) return [{ type: 'function_call', call_id: id ?? null, ...called }]
  return isJsonObject(custom) ? [{ type: 'custom_tool_call', call_id: id ?? null, ...custom }] : []
}

/** A format of the answer, as this API has it. */
export function formatOf(format: Json): Json {
  if (!isJsonObject(format) || !isJsonObject(format['json_schema'])) return format
  const { json_schema: schema, ...rest } = format
  return { ...rest, ...schema }
}
