import { isJsonObject, type Json, type JsonObject } from '../../../protocol/index.ts'
import { type RequestFeature, without } from './request-feature.ts'
import { nameOf, toolsOf } from './tool-features.ts'

/** What some endpoints refuse of the parameters of tools, in the order in which it is suspected. */
export const schemaFeatures = {
  'schema-type-lists': inSchemas('`"type": ["string", "null"]`', /"type":\[/, (schema) => {
    const { type } = schema
    return Array.isArray(type) ? { ...schema, type: type[0] ?? 'string' } : schema
  }),
  'schema-unions': inSchemas('`anyOf`', /"anyOf":/, ({ anyOf, ...rest }) => {
    const [branch] = Array.isArray(anyOf) ? anyOf : []
    return isJsonObject(branch) ? { ...rest, ...branch } : rest
  }),
  'schema-bounds': inSchemas(
    '`minimum` and `maximum`',
    /"m(?:in|ax)imum":/,
    without('minimum', 'maximum'),
  ),
  'schema-enums': inSchemas('`enum`', /"enum":/, without('enum')),
  'schema-none-required': inSchemas('`"required": []`', /"required":\[\]/, (schema) => {
    const { required, ...rest } = schema
    return Array.isArray(required) && required.length === 0 ? rest : schema
  }),
} as const

/** A keyword in the schemas of tools: how it looks in JSON, and how a schema does without it. */
function inSchemas(
  keyword: string,
  pattern: RegExp,
  simplify: (schema: JsonObject) => JsonObject,
): RequestFeature {
  return {
    name: `${keyword} in the parameters of`,
    needed: true,
    toolsWith: (request) =>
      toolsOf(request)
        .filter((tool) => pattern.test(JSON.stringify(tool)))
        .map(nameOf),
    isIn: ({ tools }) => pattern.test(JSON.stringify(tools ?? null)),
    removeFrom: (request) => ({
      ...request,
      tools: editObjects(request['tools'] ?? null, simplify),
    }),
  }
}

function editObjects(value: Json, edit: (object: JsonObject) => JsonObject): Json {
  if (Array.isArray(value)) return value.map((each) => editObjects(each, edit))
  if (!isJsonObject(value)) return value
  return Object.fromEntries(
    Object.entries(edit(value)).map(([name, each]) => [name, editObjects(each, edit)]),
  )
}
