import type { Format, ValidateFunction } from 'ajv'
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import type { JSONSchema } from 'json-schema-to-ts'
import { jsonExcess } from './json-excess.ts'
import { isJsonObject, type Json, type JsonObject, nestsDeeperThan } from './json.ts'
import { linearRegex, NotLinearError } from '../regex/linear-regex.ts'
import { validate as metaValidate } from './precompiled-meta-schema.ts'
import { SchemaEffort } from './schema-effort.ts'

/** One way in which a value breaks its schema. */
export interface Violation {
  /** JSON Pointer to the offending value; empty for the whole. */
  readonly path: string
  readonly message: string
  /** JSON Pointer to the keyword of the schema, as a fragment: `#/properties/age/minimum`. */
  readonly schemaPath: string
  /** The member that should be there. */
  readonly missing?: string
}

/** A violation of a schema of our own. */
export interface OwnViolation extends Violation {
  /** The part of the schema that holds the keyword, which may stand behind a reference. */
  readonly schema: JsonObject
  readonly value: unknown
}

const OPTIONS = {
  allErrors: true,
  allowUnionTypes: true,
  strict: false,
  logger: false,
  validateSchema: false,
  // Otherwise 1.15 is no multiple of 0.01.
  multipleOfPrecision: 9,
} as const

/** For schemas of our own. */
export const TRUSTING = { ...OPTIONS, verbose: true } as const

let ours: Ajv2020 | undefined
const trusting = () => (ours ??= new Ajv2020(TRUSTING))
const effort = new SchemaEffort()

/** What tells whether strings, or numbers, are in a format, by its name. */
export type Formats = Readonly<Record<string, Format>>

/** Where a value is judged, a format is a remark of its author's. */
const NO_FORMATS: Formats = {}

interface Wary {
  readonly ajv: Ajv2020
  // Compiling costs far more than validating, and a conversation brings the same tools every turn.
  readonly compiled: Map<string, Validate>
}

const waryByFormats = new Map<Formats, Wary>()

/** For those that may come from whoever is judged; most commands never see one. */
function waryOf(formats: Formats): Wary {
  let wary = waryByFormats.get(formats)
  if (!wary) {
    const regExp = Object.assign(regexOfSchema, { code: 'regexOfSchema' })
    const code = { regExp, process: effort.count }
    const ajv = Object.assign(new Ajv2020({ ...OPTIONS, code, formats }), { effort })
    waryByFormats.set(formats, (wary = { ajv, compiled: new Map() }))
  }
  return wary
}

/** To compile a character of a pattern, and to take one of its steps. */
const EFFORT_OF_PATTERN = 500
const EFFORT_OF_STEP = 20

/**
 * No pattern may backtrack, since the text is not ours, either. One that cannot do
 * without is taken to hold: a false alarm would be worse.
 */
function regexOfSchema(pattern: string, flags: string) {
  // By which ajv tells patterns apart.
  const toString = () => `/${pattern}/${flags}`
  try {
    const { size, test } = linearRegex(pattern, flags)
    effort.spend(size * EFFORT_OF_PATTERN)
    const spend = (steps: number) => effort.spend(steps * EFFORT_OF_STEP)
    return { test: (text: string) => test(text, spend), toString }
  } catch (error) {
    if (error instanceof NotLinearError) return { test: () => true, toString }
    throw error
  }
}

/** @param pay Is told what it costs, in keywords looked at, and may throw; the bound is ours when absent. */
export type Validate = (value: unknown, pay?: (effort: number) => void) => Violation[]

const MAX_COMPILED = 256
/** What is compiled within a second or so; schemas of tools have a twentieth of it. */
const MOST = { depth: 256, members: 5_000 }

/**
 * Compiles a JSON Schema (2020-12, and older drafts as far as they agree) to a validator.
 *
 * @param formats Those that values are held against; none when absent, and always the same object.
 * @throws when the schema is not one, or is too large to be compiled; the validator throws
 * SchemaEffortError when it would take too long.
 */
export function compileSchema(
  schema: JSONSchema | JsonObject,
  formats: Formats = NO_FORMATS,
): Validate {
  if (nestsDeeperThan(schema, MOST.depth)) {
    throw new Error(`the schema is nested deeper than ${MOST.depth} levels`)
  }
  const key = JSON.stringify(schema)
  const { ajv, compiled } = waryOf(formats)
  let validate = compiled.get(key)
  if (!validate) {
    if (jsonExcess(key, MOST)) {
      throw new Error(`the schema holds more than ${MOST.members} keys and values`)
    }
    const nameless = withoutName(withoutLoneNullable(schema, key))
    effort.renew()
    if (metaViolations(nameless).length > 0) void ajv.validateSchema(nameless, true)
    const made = compile(ajv, nameless)
    const judge = validatorBy(toViolation, () => made)
    validate = (value, pay) => {
      effort.renew(pay)
      return judge(value)
    }
    if (compiled.size >= MAX_COMPILED) compiled.clear()
    compiled.set(key, validate)
  }
  return validate
}

/** Says why a JSON Schema is none (2020-12); `undefined` when it is one. */
export function schemaFault(schema: JsonObject): string | undefined {
  const [violation] = metaViolations(withoutName(schema))
  return violation && `${violation.path} ${violation.message}`
}

/**
 * Makes the validator of a schema of our own, compiled when it is first used.
 *
 * That it is a schema is for tests to say: checking it here would double the time to start.
 *
 * @param precompiled The same, when it is there already.
 */
export function validatorOf(
  schema: JSONSchema,
  precompiled?: ValidateFunction,
): (value: unknown) => OwnViolation[] {
  return validatorBy(toOwnViolation, () => precompiled ?? compile(trusting(), withoutName(schema)))
}

/** JSON Schema 2020-12 itself. */
export const META_SCHEMA = 'https://json-schema.org/draft/2020-12/schema'

const metaViolations = validatorBy(
  toViolation,
  () => metaValidate ?? trusting().getSchema(META_SCHEMA)!,
)

/** Ids and dialects of schemas that travel in requests must neither clash nor be looked up. */
export function withoutName(schema: JSONSchema | JsonObject): Record<string, unknown> {
  const { $schema: _, $id: __, ...nameless } = schema as Record<string, unknown>
  return nameless
}

/** OpenAPI 3.0 gives `nullable` a meaning beside a `type` alone, and ajv refuses it elsewhere. */
function withoutLoneNullable(schema: JSONSchema | JsonObject, text: string) {
  if (!text.includes('"nullable":')) return schema
  return JSON.parse(text, (_key, value: Json) => {
    if (!isJsonObject(value) || typeof value['nullable'] !== 'boolean' || 'type' in value)
      return value
    const { nullable: _, ...rest } = value
    return rest
  }) as JsonObject
}

function compile(ajv: Ajv2020, schema: Record<string, unknown>): ValidateFunction {
  const validate = ajv.compile(schema)
  ajv.removeSchema(schema)
  return validate
}

function validatorBy<Told>(
  tell: (error: ErrorObject) => Told,
  make: () => ValidateFunction,
): (value: unknown) => Told[] {
  let validate: ValidateFunction | undefined
  return (value) => {
    validate ??= make()
    return validate(value) ? [] : (validate.errors ?? []).map(tell)
  }
}

function toOwnViolation(error: ErrorObject): OwnViolation {
  return {
    ...toViolation(error),
    schema: error.parentSchema as JsonObject,
    value: error.data,
  }
}

function toViolation(error: ErrorObject): Violation {
  const allowed: unknown =
    error.params['allowedValues'] ??
    error.params['allowedValue'] ??
    error.params['additionalProperty']
  const detail = allowed === undefined ? '' : `: ${JSON.stringify(allowed)}`
  const missing = error.params['missingProperty'] as string | undefined
  return {
    path: error.instancePath,
    message: `${error.message ?? error.keyword}${detail}`,
    schemaPath: error.schemaPath,
    ...(missing !== undefined && { missing }),
  }
}
