import type { ChatRequest } from '../../chat-request.ts'
import { isJsonObject, type JsonObject } from '../../json/json.ts'
import { schemaFault } from '../../json/schema-fault.ts'
import { clip, Recent } from '../../../wire/index.ts'
import type { ApiError } from '../../error-reply.ts'
import { offersOf } from '../../offers.ts'

/** A schema that a request gives, for arguments or for the answer. */
interface Given {
  readonly schema: JsonObject
  readonly isStrict: boolean
  /** `function 'get_weather'` */
  readonly of: string
  readonly param: string
  readonly code?: string
}

/** Characters of schemas that are looked at, some 50 ms of it; no sane request has half of it. */
const MOST = 100_000

/** A conversation brings the same schemas every turn. */
const found = new Recent<string, { readonly fault: string | undefined }>(256)
const MAX_REMEMBERED = 8_000

const MAX_SHOWN = 400

/**
 * Says, as OpenAI does, which schema of a request is none, or not what its strict mode asks for:
 * those of all tools, not only of the one that is called.
 *
 * @see https://github.com/dottxt-ai/outlines/issues/844 for strict mode
 * @see https://github.com/ash-project/ash_ai/issues/155 for strict mode
 * @see https://github.com/modelscope/ms-agent/pull/610 for arrays
 * @see https://github.com/github/github-mcp-server/issues/1548 for objects
 */
export function whyUnfitSchema(request: ChatRequest): ApiError | undefined {
  let left = MOST
  for (const given of schemasOf(request)) {
    const { of, schema, isStrict, ...rest } = given
    const text = JSON.stringify(schema)
    left -= text.length
    if (left < 0) return undefined
    const fault = remembered(`${isStrict} ${text}`, () => faultOf(given))
    if (fault === undefined) continue
    const message = `Invalid schema for ${clip(of, MAX_SHOWN)}: ${clip(fault, MAX_SHOWN)}.`
    return { status: 400, message, ...rest }
  }
  return undefined
}

function remembered(key: string, find: () => string | undefined): string | undefined {
  if (key.length > MAX_REMEMBERED) return find()
  let known = found.get(key)
  if (!known) found.set(key, (known = { fault: find() }))
  return known.fault
}

function* schemasOf(request: ChatRequest): Generator<Given> {
  for (const { kind, name, at, parameters, strict } of offersOf(request)) {
    // Without members, it stands for no parameters.
    if (kind === 'custom' || !isJsonObject(parameters) || Object.keys(parameters).length === 0)
      continue
    yield {
      schema: parameters,
      isStrict: strict === true,
      of: `function '${name}'`,
      param: `${at}.parameters`,
      code: 'invalid_function_parameters',
    }
  }
  const { name, schema, strict } = request.response_format?.json_schema ?? {}
  if (strict && isJsonObject(schema)) {
    yield { schema, isStrict: true, of: `response_format '${name}'`, param: 'response_format' }
  }
}

function faultOf({ schema, isStrict, of }: Given): string | undefined {
  const { type = 'None' } = schema
  if (typeof type === 'string' && type !== 'object') {
    return `schema must be a JSON Schema of 'type: "object"', got 'type: "${type}"'`
  }
  const fault = schemaFault(schema)
  if (fault !== undefined) return fault
  if (of.startsWith('function') && !('properties' in schema)) {
    return `${inContext([])}, object schema missing properties`
  }
  return faultWithin(schema, isStrict, [])
}

/** @param path That of the schema; as it was, when there is no fault. */
function faultWithin(schema: unknown, isStrict: boolean, path: string[]): string | undefined {
  if (!isJsonObject(schema)) return undefined
  const fault = itemsFault(schema, path) ?? (isStrict ? strictFault(schema, path) : undefined)
  if (fault !== undefined) return fault
  for (const [name, child] of childrenOf(schema, isStrict)) {
    path.push(...name)
    const within = faultWithin(child, isStrict, path)
    if (within !== undefined) return within
    path.length -= name.length
  }
  return undefined
}

const PARENTS = ['properties', 'anyOf', 'allOf', 'oneOf']

function* childrenOf(
  schema: JsonObject,
  isStrict: boolean,
): Generator<[path: string[], schema: unknown]> {
  for (const keyword of isStrict ? [...PARENTS, '$defs'] : PARENTS) {
    for (const [name, child] of Object.entries(schema[keyword] ?? {}))
      yield [[keyword, name], child]
  }
  yield [['items'], schema['items']]
}

function itemsFault(schema: JsonObject, path: readonly string[]): string | undefined {
  if ('items' in schema || 'prefixItems' in schema) return undefined
  const { type } = schema
  if (type === 'array') return `${inContext(path)}, array schema missing items`
  const at = Array.isArray(type) ? type.indexOf('array') : -1
  return at < 0
    ? undefined
    : `${inContext([...path, 'type', String(at)])}, array schema missing items`
}

function strictFault(schema: JsonObject, path: readonly string[]): string | undefined {
  if (![schema['type']].flat().includes('object')) return undefined
  if (schema['additionalProperties'] !== false) {
    return `${inContext(path)}, 'additionalProperties' is required to be supplied and to be false`
  }
  const required = new Set(schema['required'] as string[] | undefined)
  const missing = Object.keys(schema['properties'] ?? {}).find((name) => !required.has(name))
  return missing === undefined
    ? undefined
    : `${inContext(path)}, 'required' is required to be supplied and to be an array including every key in properties. Missing '${missing}'`
}

/** Writes a path as a tuple of Python. */
function inContext(path: readonly string[]): string {
  const quoted = path.map((each) => `'${each}'`).join(', ')
  return `In context=(${path.length === 1 ? `${quoted},` : quoted})`
}
