import { type ChatMessage, type ChatRequest, messageText } from '../../chat-request.ts'
import { OPENAI_MEMBERS } from '../openai-members.ts'
import { clip, listed } from '../../../wire/index.ts'
import type { ApiError } from '../../error-reply.ts'
import { firstOf } from '../../validation/first-of.ts'
import { offersOf } from '../../offers.ts'
import { whyUnfitSchema } from './why-unfit-schema.ts'

const KNOWN: ReadonlySet<string> = new Set(OPENAI_MEMBERS)
const MAX_NAME = 64

/**
 * Says what OpenAI refuses of what platforms and their clients send.
 *
 * @see https://github.com/nashsu/llm_wiki/issues/336 for unknown members
 * @see https://github.com/dapr/dapr-agents/issues/248 for `tool_choice`
 * @see https://github.com/BerriAI/litellm/issues/5803 for `stream_options`
 * @see https://github.com/langchain-ai/langgraph/issues/5943 for two limits
 * @see https://github.com/openai/openai-cookbook/issues/503 for `content`
 */
export function whyForeign(request: ChatRequest): ApiError | undefined {
  return (
    unknownMembers(request) ??
    withoutTools('tool_choice', request) ??
    withoutTools('parallel_tool_calls', request) ??
    withoutFunctions(request) ??
    withoutStream(request) ??
    twoLimits(request) ??
    outOfRange('frequency_penalty', request) ??
    outOfRange('presence_penalty', request) ??
    withoutLogprobs(request) ??
    withoutJson(request) ??
    firstOf(request.messages, noContent) ??
    firstOf(request.messages, unknownPart) ??
    firstOf(request.messages, badSpeaker) ??
    firstOf(offersOf(request), ({ name, at }) => badName(`${at}.name`, name)) ??
    badFormatName(request) ??
    whyUnfitSchema(request)
  )
}

function unknownMembers(request: ChatRequest): ApiError | undefined {
  const names = Object.keys(request).filter((name) => !KNOWN.has(name))
  if (names.length === 0) return undefined
  const noun = names.length > 1 ? 'arguments' : 'argument'
  const shown = listed(names.map((name) => clip(name, MAX_NAME)))
  return {
    status: 400,
    message: `Unrecognized request ${noun} supplied: ${shown}`,
  }
}

function withoutTools(
  param: 'tool_choice' | 'parallel_tool_calls',
  request: ChatRequest,
): ApiError | undefined {
  if ((request[param] ?? null) === null || request.tools) return undefined
  return {
    status: 400,
    message: `Invalid value for '${param}': '${param}' is only allowed when 'tools' are specified.`,
    param,
  }
}

/** @see https://github.com/PlexPt/chatgpt-java/issues/150 */
function withoutFunctions({ function_call: call, functions }: ChatRequest): ApiError | undefined {
  if ((call ?? null) === null || functions) return undefined
  return {
    status: 400,
    message:
      "Invalid value for 'function_call': 'function_call' is only allowed when 'functions' are specified.",
    param: 'function_call',
  }
}

function withoutStream({ stream, stream_options: options }: ChatRequest): ApiError | undefined {
  if (!options || stream) return undefined
  return {
    status: 400,
    message: "The 'stream_options' parameter is only allowed when 'stream' is enabled.",
    param: 'stream_options',
  }
}

function twoLimits(request: ChatRequest): ApiError | undefined {
  const { max_tokens: limit, max_completion_tokens: other } = request
  if ((limit ?? null) === null || (other ?? null) === null) return undefined
  return {
    status: 400,
    message: "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.",
    param: 'max_tokens',
    code: 'invalid_parameter_combination',
  }
}

const MOST_PENALTY = 2

function outOfRange(
  param: 'frequency_penalty' | 'presence_penalty',
  request: ChatRequest,
): ApiError | undefined {
  const penalty = request[param] ?? 0
  if (Math.abs(penalty) <= MOST_PENALTY) return undefined
  const [side, expected, code] =
    penalty > 0
      ? ['above maximum', `<= ${MOST_PENALTY}`, 'decimal_above_max_value']
      : ['below minimum', `>= ${-MOST_PENALTY}`, 'decimal_below_min_value']
  return {
    status: 400,
    message: `Invalid '${param}': decimal ${side} value. Expected a value ${expected}, but got ${penalty} instead.`,
    param,
    code,
  }
}

function withoutLogprobs({ logprobs, top_logprobs: top }: ChatRequest): ApiError | undefined {
  if ((top ?? null) === null || logprobs) return undefined
  return {
    status: 400,
    message: "The 'top_logprobs' parameter is only allowed when 'logprobs' is enabled.",
    param: 'top_logprobs',
  }
}

/** @see https://platform.openai.com/docs/guides/structured-outputs#json-mode */
function withoutJson({ response_format: format, messages }: ChatRequest): ApiError | undefined {
  if (format?.type !== 'json_object') return undefined
  if (messages.some((message) => /json/i.test(messageText(message)))) return undefined
  return {
    status: 400,
    message:
      "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
    param: 'messages',
  }
}

/** Only an assistant may leave it out, when it calls a tool or says something otherwise. */
function noContent(message: ChatMessage, i: number): ApiError | undefined {
  const { role, content, tool_calls: calls } = message
  if ((content ?? null) !== null) return undefined
  if (role === 'assistant' && (calls || saysOtherwise(message))) return undefined
  return {
    status: 400,
    message: "Invalid value for 'content': expected a string, got null.",
    param: `messages.[${i}].content`,
  }
}

function saysOtherwise(message: ChatMessage): boolean {
  return ['refusal', 'audio', 'function_call'].some((name) => name in message)
}

const PARTS: ReadonlySet<string> = new Set([
  'text',
  'image_url',
  'input_audio',
  'refusal',
  'audio',
  'file',
])

/** @see https://github.com/openai/openai-dotnet/issues/396 */
function unknownPart({ content }: ChatMessage, i: number): ApiError | undefined {
  if (!Array.isArray(content)) return undefined
  return firstOf(content, ({ type }, part) => {
    if (PARTS.has(type)) return undefined
    return {
      status: 400,
      message: `Invalid value: '${clip(type, MAX_NAME)}'. Supported values are: 'text', 'image_url', 'input_audio', 'refusal', 'audio', and 'file'.`,
      param: `messages[${i}].content[${part}].type`,
      code: 'invalid_value',
    }
  })
}

/** @see https://github.com/danny-avila/LibreChat/issues/1075 */
function badSpeaker({ name }: ChatMessage, i: number): ApiError | undefined {
  if ((name ?? null) === null || /^[^\s<|\\/>]+$/.test(name!)) return undefined
  return mismatch(`messages[${i}].name`, String.raw`^[^\s<|\\/>]+$`)
}

function badFormatName({ response_format: format }: ChatRequest): ApiError | undefined {
  const named = format?.type === 'json_schema' ? format.json_schema : undefined
  return named && badName('response_format.json_schema.name', named.name)
}

function badName(param: string, name: string): ApiError | undefined {
  return /^[\w-]+$/.test(name) ? undefined : mismatch(param, '^[a-zA-Z0-9_-]+$')
}

function mismatch(param: string, pattern: string): ApiError {
  return {
    status: 400,
    message: `Invalid '${param}': string does not match pattern. Expected a string that matches the pattern '${pattern}'.`,
    param,
    code: 'invalid_value',
  }
}
