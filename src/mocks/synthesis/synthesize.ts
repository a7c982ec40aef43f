import { compileSchema, isJsonObject, type Json, type Violation } from '../../protocol/index.ts'
import { BudgetError } from '../effort/budget.ts'
import { Endings } from './endings.ts'
import { HELD_FORMATS } from './held-formats.ts'
import type { SynthesisContext, SynthesisState } from './synthesis-state.ts'
import { UnmetSchemaError } from './unmet-schema-error.ts'
import { valueFrom } from './value-from.ts'

/** After so many, there is likely no value, or none that is found by trying. */
const MAX_ROUNDS = 48
/** How often what stands at a path is made anew before what it stands in is, too. */
const CARRY = 6

/**
 * Makes a value that satisfies a JSON Schema, or says what cannot be satisfied.
 *
 * What was made is held against the schema; where it fails, it is made anew, otherwise.
 *
 * @throws UnmetSchemaError that names the keyword for which no value is found; BudgetError that
 * names the one which asks for more than the budget has left.
 */
export function synthesize(schema: Json, context: SynthesisContext): Json {
  const { budget, at } = context
  const violationsOf = validatorFor(schema, context)
  const failures = new Map<string, number>()
  const state: SynthesisState = {
    ...context,
    path: '',
    name: '',
    depth: 0,
    followed: new Map(),
    endings: new Endings(schema, { budget, at }),
    failures,
    make: valueFrom,
  }
  let unmet: UnmetSchemaError | undefined
  for (let round = 0; round < MAX_ROUNDS; round++) {
    try {
      const value = valueFrom([{ schema, at }], state)
      const violations = violationsOf(value)
      if (violations.length === 0) return value
      unmet = asError(violations[0]!, at)
      for (const path of new Set(violations.map((violation) => violation.path)))
        fail(path, failures)
    } catch (error) {
      if (error instanceof BudgetError && unmet) throw unmet
      if (!(error instanceof UnmetSchemaError)) throw error
      unmet = error
      fail(error.path ?? '', failures)
    }
  }
  throw unmet!
}

/** Compiled when the first value is there: what asks for too much is better told by its keyword. */
function validatorFor(
  schema: Json,
  { budget, at }: SynthesisContext,
): (value: Json) => readonly Violation[] {
  const spend = (effort: number) => budget.spend('checks', effort, at)
  return (value) => {
    if (!isJsonObject(schema)) return []
    let violationsOf
    try {
      violationsOf = compileSchema(schema, HELD_FORMATS)
    } catch (error) {
      const { message } = error as Error
      const [, path = ''] = /\bdata(\/[^\s,]*)/.exec(message) ?? []
      const reason = message.replace(/^schema is invalid: (?:data\S* )?/, '')
      throw new UnmetSchemaError(placeAt(path, at), `is not supported: ${reason}`)
    }
    return violationsOf(value, spend)
  }
}

function asError({ schemaPath, path, message }: Violation, at: string): UnmetSchemaError {
  const reason = `cannot be satisfied by any value that is found here: the last one, at "${path}", ${message}`
  return new UnmetSchemaError(placeAt(schemaPath, at), reason)
}

const INDEX = /(?<=\/(?:allOf|anyOf|oneOf|prefixItems))\/(\d+)(?=\/|$)/g

/** Where in the request a pointer of the schema leads. */
function placeAt(pointer: string, at: string): string {
  const keys = pointer.replace(/^#/, '').replaceAll(INDEX, '[$1]').replaceAll('/', '.')
  return `${at}${keys.replaceAll('~1', '/').replaceAll('~0', '~')}`
}

function fail(path: string, failures: Map<string, number>): void {
  const times = (failures.get(path) ?? 0) + 1
  failures.set(path, times)
  if (times % CARRY === 0 && path !== '') {
    fail(path.slice(0, Math.max(0, path.lastIndexOf('/'))), failures)
  }
}
