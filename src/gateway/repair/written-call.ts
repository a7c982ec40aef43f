import { isJsonObject, type Json, type JsonObject, parseJson } from '../../protocol/index.ts'

/** A tool call as text tells it. */
export interface WrittenCall {
  readonly name: string
  readonly arguments: string
}

const NAMES = ['name', 'function', 'tool', 'tool_name'] as const
const ARGUMENTS = ['arguments', 'parameters', 'args', 'input', 'tool_input'] as const

/**
 * Reads the calls that a model wrote out instead of making them: as JSON, one or several, or as
 * `<function=name>{...}`. Only calls of tools that are offered are calls.
 */
export function readWrittenCalls(text: string, tools: ReadonlySet<string>): WrittenCall[] {
  const tagged = /^<(?:function=|invoke name=")(?<name>[\w.-]{1,64})"?>(?<body>[^]*)$/.exec(
    text.trim(),
  )
  if (tagged) {
    const { name = '', body = '' } = tagged.groups ?? {}
    const args = parseJson(body.trim()) ?? parametersIn(body)
    return tools.has(name) && isJsonObject(args) ? [{ name, arguments: JSON.stringify(args) }] : []
  }
  return valuesIn(text).flatMap((value) => callIn(value, tools) ?? [])
}

/** A list, an object, or several, one a line; a last brace may be missing. */
function valuesIn(text: string): Json[] {
  const trimmed = text.trim().replaceAll(/^```\w*\s*|\s*```$/g, '')
  const whole = parseJson(trimmed) ?? parseJson(`${trimmed}}`)
  if (Array.isArray(whole)) return whole
  if (whole !== undefined) return [whole]
  return trimmed.split(/\n|(?=\{\s{0,9}"name")/).flatMap((part) => {
    const line = part.trim()
    return parseJson(line) ?? parseJson(`${line}}`) ?? []
  })
}

/** Whether a text begins as the call of a tool that is offered, whatever comes of it. */
export function beginsAsCall(text: string, tools: ReadonlySet<string>): boolean {
  const named =
    /^\{\s{0,20}["'](?:name|function|tool|tool_name)["']\s{0,20}:\s{0,20}["'](?<name>[\w.-]{1,64})["']/
  return tools.has(named.exec(text.trimStart())?.groups?.['name'] ?? '')
}

function callIn(value: Json, tools: ReadonlySet<string>): WrittenCall | undefined {
  if (!isJsonObject(value)) return undefined
  const inner = value['function']
  const call = isJsonObject(inner) ? inner : value
  const name = textAt(call, NAMES)
  const args = ARGUMENTS.map((key) => call[key]).find((each) => each !== undefined) ?? {}
  if (name === undefined || !tools.has(name)) return undefined
  return { name, arguments: typeof args === 'string' ? args : JSON.stringify(args) }
}

function textAt(object: JsonObject, keys: readonly string[]): string | undefined {
  return keys.map((key) => object[key]).find((each) => typeof each === 'string')
}

/** `<parameter=city>Rome</parameter>`, `<parameter name="city">Rome</parameter>`. */
function parametersIn(body: string): JsonObject | undefined {
  const found = [
    ...body.matchAll(/<parameter(?:=| name=")(?<key>[\w.-]{1,64})"?>(?<value>[^<]*)<\/parameter>/g),
  ]
  if (found.length === 0) return undefined
  return Object.fromEntries(
    found.map(({ groups: { key = '', value = '' } = {} }) => {
      const text = value.trim()
      return [key, parseJson(text) ?? text]
    }),
  )
}
