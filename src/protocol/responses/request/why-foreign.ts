import { clip } from '../../../wire/index.ts'
import type { ApiError } from '../../error-reply.ts'
import { isJsonObject, type Json, type JsonObject } from '../../json/json.ts'
import { firstOf } from '../../validation/first-of.ts'
import { RESPONSES_MEMBERS } from '../openai-members.ts'

const KNOWN: ReadonlySet<string> = new Set(RESPONSES_MEMBERS)
const MAX_NAME = 64

/**
 * Says what OpenAI refuses of what platforms and their clients send.
 *
 * @see https://github.com/icebear0828/codex-proxy/issues/399 for tools as chat completions have them
 * @see https://github.com/jamesrochabrun/SwiftOpenAI/issues/136 for the parts of a turn
 */
export function whyForeign(request: JsonObject): ApiError | undefined {
  return (
    unknownMember(request) ??
    firstOf(listIn(request['tools']), namelessTool) ??
    firstOf(listIn(request['input']), foreignPart)
  )
}

function listIn(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : []
}

function unknownMember(request: JsonObject): ApiError | undefined {
  const name = Object.keys(request).find((each) => !KNOWN.has(each))
  if (name === undefined) return undefined
  const param = clip(name, MAX_NAME)
  return {
    status: 400,
    message: `Unknown parameter: '${param}'.`,
    param,
    code: 'unknown_parameter',
  }
}

function namelessTool(tool: Json, i: number): ApiError | undefined {
  if (!isJsonObject(tool) || tool['type'] !== 'function' || tool['name'] !== undefined) {
    return undefined
  }
  const param = `tools[${i}].name`
  return {
    status: 400,
    message: `Missing required parameter: '${param}'.`,
    param,
    code: 'missing_required_parameter',
  }
}

const PARTS = {
  asking: [
    'input_text',
    'input_image',
    'output_text',
    'refusal',
    'input_file',
    'computer_screenshot',
    'summary_text',
  ],
  answering: ['output_text', 'refusal'],
}

function foreignPart(item: Json, i: number): ApiError | undefined {
  if (!isJsonObject(item) || (item['type'] ?? 'message') !== 'message') return undefined
  const allowed = item['role'] === 'assistant' ? PARTS.answering : PARTS.asking
  return firstOf(listIn(item['content']), (part, at) => {
    const type = isJsonObject(part) ? part['type'] : undefined
    if (typeof type !== 'string' || allowed.includes(type)) return undefined
    const known = new Intl.ListFormat('en').format(allowed.map((each) => `'${each}'`))
    return {
      status: 400,
      message: `Invalid value: '${clip(type, MAX_NAME)}'. Supported values are: ${known}.`,
      param: `input[${i}].content[${at}]`,
      code: 'invalid_value',
    }
  })
}
