import { isJsonObject, type Json, type JsonObject } from '../../json/json.ts'
import { contentInChatWords } from './content-forms.ts'
import { nested } from './tool-forms.ts'

/**
 * Reads a request into the words of chat completions, however wrong it is: instructions become the
 * first message, and items the messages that say the same. Members that mean the same, or nothing,
 * there stay as they are.
 */
export function inChatWords(request: JsonObject): JsonObject & { messages: JsonObject[] } {
  const { input, instructions, tools, tool_choice, max_output_tokens, text, reasoning, ...rest } =
    request
  const system = instructions === undefined || instructions === null ? [] : [instructions]
  const format = isJsonObject(text) ? responseFormat(text['format']) : undefined
  const effort = isJsonObject(reasoning) ? reasoning['effort'] : undefined
  return {
    ...rest,
    messages: [...system.map((content) => ({ role: 'system', content })), ...messagesOf(input)],
    ...(tools !== undefined && { tools: Array.isArray(tools) ? tools.map(nested) : tools }),
    ...(tool_choice !== undefined && { tool_choice: nested(tool_choice) }),
    ...(max_output_tokens !== undefined && { max_completion_tokens: max_output_tokens }),
    ...(format !== undefined && { response_format: format }),
    ...(effort !== undefined && { reasoning_effort: effort }),
  }
}

/** The messages that say what items say. */
export function messagesOf(input: Json | undefined): JsonObject[] {
  if (typeof input === 'string') return [{ role: 'user', content: input }]
  const messages: JsonObject[] = []
  for (const item of Array.isArray(input) ? input : []) {
    if (isJsonObject(item)) addItem(messages, item)
  }
  return messages
}

function addItem(messages: JsonObject[], item: JsonObject): void {
  const { type = 'message' } = item
  switch (type) {
    case 'message': {
      const { type: _, content, id: __, status: ___, ...message } = item
      messages.push({ ...message, content: contentInChatWords(content) })
      break
    }
    case 'function_call':
    case 'custom_tool_call':
      addCall(messages, item, type)
      break
    case 'function_call_output':
    case 'custom_tool_call_output':
      messages.push({
        role: 'tool',
        tool_call_id: item['call_id'] ?? null,
        content: resultOf(item['output']),
      })
      break
    // Reasoning, references and what other tools do say nothing that a message could.
  }
}

/** Calls of one turn are of one message, and of the one before them, where that says something, too. */
function addCall(messages: JsonObject[], item: JsonObject, type: string): void {
  const { call_id: id = null, name = null } = item
  const call =
    type === 'function_call'
      ? { id, type: 'function', function: { name, arguments: item['arguments'] ?? null } }
      : { id, type: 'custom', custom: { name, input: item['input'] ?? null } }
  const last = messages.at(-1)
  if (last?.['role'] === 'assistant') {
    const { tool_calls: others } = last
    last['tool_calls'] = [...(Array.isArray(others) ? others : []), call]
  } else {
    messages.push({ role: 'assistant', content: null, tool_calls: [call] })
  }
}

function resultOf(output: Json | undefined): Json {
  return Array.isArray(output) || typeof output === 'string'
    ? contentInChatWords(output)
    : JSON.stringify(output ?? null)
}

function responseFormat(format: Json | undefined): Json | undefined {
  if (!isJsonObject(format) || format['type'] !== 'json_schema') return format
  const { type, ...schema } = format
  return { type: type, json_schema: schema }
}
