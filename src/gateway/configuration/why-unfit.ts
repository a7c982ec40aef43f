import { isJsonObject, type OwnViolation, validatorOf } from '../../protocol/index.ts'
import { namesASecret } from '../../wire/index.ts'
import { gatewayConfigSchema } from './gateway-config-schema.ts'
import { isInCode } from './is-in-code.ts'

const violationsOf = validatorOf(gatewayConfigSchema)
/** What code may hold, and JSON cannot. */
const FUNCTIONS = ['onExtraBody', 'observers']

/** Says what is wrong with a configuration: where, what was seen, and what would do. */
export function whyUnfit(config: unknown): string | undefined {
  if (!isJsonObject(config)) return 'it holds no object'
  const [violation] = violationsOf(asJson(config))
  if (violation) return wordsFor(violation)
  return secretIn(config)
}

/** Values are not quoted, nor what is no word: a key may have been put in the wrong place. */
function wordsFor({ path, message, schema, schemaPath, value }: OwnViolation): string {
  const place = path === '' ? 'it' : path
  if (schemaPath.endsWith('/additionalProperties')) {
    const [, slip = ''] = /"([a-z]{1,20})"$/i.exec(message) ?? []
    const known = Object.keys(schema['properties'] ?? {}).filter((name) => name !== '$schema')
    return `${place} has no option ${slip === '' ? 'of such a name' : `"${slip}"`}: it takes ${known.join(', ')}`
  }
  const { description } = schema
  const hint = typeof description === 'string' ? `: ${description}` : ''
  return `${place} ${message}, and is ${kindOf(value)}${hint}`
}

function kindOf(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return `${value}`
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  return typeof value === 'string' ? 'a text' : 'an object'
}

/** What code describes, as JSON would. */
function asJson(config: object): unknown {
  const entries = Object.entries(config).filter(([name]) => !FUNCTIONS.includes(name))
  return Object.fromEntries(
    entries.flatMap(([name, value]): [string, unknown][] => {
      if (name === 'keys' && typeof value === 'function') return []
      return [[name, name === 'models' && isJsonObject(value) ? modelsAsJson(value) : value]]
    }),
  )
}

function modelsAsJson(models: object): object {
  const lists = Object.entries(models).map(([name, list]: [string, unknown]) => [
    name,
    Array.isArray(list) ? list.map((each) => (isInCode(each) ? { upstream: 'code' } : each)) : list,
  ])
  return Object.fromEntries(lists) as object
}

/** A header that is a secret belongs to the environment. */
function secretIn({ models = {} }: { models?: object }): string | undefined {
  for (const [name, list] of Object.entries(models) as [string, { headers?: object }[]][]) {
    for (const [i, { headers = {} }] of list.entries()) {
      const secret = Object.keys(headers).find(namesASecret)
      if (secret !== undefined) {
        return `/models/${name}/${i}/headers/${secret} is a secret: keep it in an environment variable, and name that in "headersEnv", or in "apiKeyEnv"`
      }
    }
  }
  return undefined
}
