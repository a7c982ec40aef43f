import type { JsonObject } from './json.ts'
import { validate } from './precompiled-meta-schema.ts'
import { violationsBy } from './violation.ts'
import { withoutName } from './without-name.ts'

/** Says why a JSON Schema is none (2020-12); `undefined` when it is one. */
export function schemaFault(schema: JsonObject): string | undefined {
  const [violation] = violationsBy(validate, withoutName(schema))
  return violation && `${violation.path} ${violation.message}`
}
