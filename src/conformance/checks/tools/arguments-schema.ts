import {
  compileSchema,
  isJsonObject,
  type JsonObject,
  SchemaEffortError,
  type Violation,
} from '../../../protocol/index.ts'
import { skip } from '../../check/gap.ts'
import { defineCheck } from '../../check/define-check.ts'
import { OPENAI_TOOLS } from '../../check/sources.ts'
import { editArguments } from '../../faults/index.ts'

export default defineCheck({
  id: 'tools/arguments-schema',
  title: 'The arguments of a tool call match the schema in the request',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: 'The parameters of a function describe its arguments',
    ...OPENAI_TOOLS,
    seenIn: 'https://github.com/MoonshotAI/K2-Vendor-Verifier',
  },
  effect: 'The platform rejects the call and asks again, so the caller hears the same line twice.',
  fix: 'Pass the schema on to your model as it was sent (strict mode where it has one); never fill in arguments by hand.',
  probes: 'every-stream',
  needs: ['request', 'tool-calls', 'untruncated'],
  dependsOnModel: 'form',
  *inspect(evidence) {
    const called = new Set(evidence.calls.map(({ name = '' }) => name))
    const schemas = [...called].map((name) => evidence.offered.get(name)?.['parameters'])
    if (JSON.stringify(schemas).length > MAX_SCHEMAS) {
      return skip('the schemas of the tools that are called are too large')
    }
    let found = false
    for (const [{ name = '', arguments: args, latest }, value] of evidence.callArguments) {
      const schema = evidence.offered.get(name)?.['parameters']
      const violation = violationOf(value, schema)
      if (violation === 'too-much-work') {
        if (found) return undefined
        return skip(`to hold the arguments of ${name} against its schema takes too much work`)
      }
      const unknown = violation ? [] : unknownIn(value, schema)
      if (unknown.length > 0) {
        found = true
        yield {
          message: `The arguments of ${name} have ${unknown.length === 1 ? 'a property' : 'properties'} that its schema does not describe: ${unknown.slice(0, MAX_TOLD).join(', ')}.`,
          expected:
            'the properties of the schema; it does not forbid others, but the tool knows none',
          actual: args,
          ...evidence.whereArguments({ latest }),
          severity: 'info',
        }
      }
      if (!violation) continue
      found = true
      const where = violation.path === '' ? '' : `${violation.path} `
      yield {
        message: `The arguments of ${name} do not match its schema: ${where}${violation.message}.`,
        expected: 'arguments that match the parameters of the tool',
        actual: args,
        ...evidence.whereArguments({ latest }),
      }
    }
    return undefined
  },
  mutants: {
    'tool-args-wrong-enum': editArguments((args, parameters) => {
      const properties = (parameters?.['properties'] ?? {}) as Record<string, JsonObject>
      const limited = Object.entries(properties).find(([, { enum: members }]) => members)?.[0]
      return limited ? JSON.stringify({ ...JSON.parse(args), [limited]: 'no such member' }) : args
    }),
    'tool-args-missing-required': editArguments((args, parameters) =>
      (parameters?.['required'] as string[] | undefined)?.length ? '{}' : args,
    ),
    'tool-args-unknown-property': editArguments((args) =>
      JSON.stringify({ ...JSON.parse(args), explanation: 'Because.' }),
    ),
  },
})

/** Characters of all together: what is compiled within ten seconds, if it is the worst. */
const MAX_SCHEMAS = 500_000

/** Arguments that are not an object, and schemas that are not schemas, are not for this check. */
function violationOf(value: unknown, schema: unknown): Violation | 'too-much-work' | undefined {
  if (!isJsonObject(value) || !isJsonObject(schema)) return undefined
  try {
    // Formats are not held, so that alternatives which differ by theirs all match.
    const mayMatchTwice = JSON.stringify(schema).includes('"format":')
    return compileSchema(schema)(value).find(
      ({ schemaPath }) => !mayMatchTwice || !schemaPath.endsWith('/oneOf'),
    )
  } catch (error) {
    return error instanceof SchemaEffortError ? 'too-much-work' : undefined
  }
}

/** How many names a message lists. */
const MAX_TOLD = 5
/** What may describe more properties than `properties` does, or allow them on purpose. */
const OPENS = [
  'additionalProperties',
  'allOf',
  'anyOf',
  'oneOf',
  'if',
  '$ref',
  '$dynamicRef',
  '$recursiveRef',
  'dependencies',
  'dependentSchemas',
  'patternProperties',
  'propertyNames',
  'unevaluatedProperties',
]

function unknownIn(value: unknown, schema: unknown): string[] {
  if (!isJsonObject(value) || !isJsonObject(schema) || !isJsonObject(schema['properties']))
    return []
  const { properties, required } = schema
  if (Object.keys(properties).length === 0 || OPENS.some((keyword) => keyword in schema)) return []
  const known = new Set<unknown>([
    ...Object.keys(properties),
    ...(Array.isArray(required) ? required : []),
  ])
  return Object.keys(value).filter((name) => !known.has(name))
}
