import type { Format } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { JSONSchema } from 'json-schema-to-ts'
import { AJV_OPTIONS, compileBy } from './compile-own.ts'
import { jsonExcess } from './json-excess.ts'
import { isJsonObject, type Json, type JsonObject, nestsDeeperThan } from './json.ts'
import { linearRegex, NotLinearError } from '../regex/linear-regex.ts'
import { SchemaEffort } from './schema-effort.ts'
import { schemaFault } from './schema-fault.ts'
import { type Violation, violationsBy } from './violation.ts'
import { withoutName } from './without-name.ts'

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
    const ajv = Object.assign(new Ajv2020({ ...AJV_OPTIONS, code, formats }), { effort })
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
    if (schemaFault(nameless) !== undefined) void ajv.validateSchema(nameless, true)
    const made = compileBy(ajv, nameless)
    validate = (value, pay) => {
      effort.renew(pay)
      return violationsBy(made, value)
    }
    if (compiled.size >= MAX_COMPILED) compiled.clear()
    compiled.set(key, validate)
  }
  return validate
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
