import { Ajv } from 'ajv'
import { default as addFormats } from 'ajv-formats'
import draft06 from 'ajv/dist/refs/json-schema-draft-06.json' with { type: 'json' }
import schemas from 'har-schema'

const ajv = new Ajv({ strict: false, allErrors: true })
ajv.addMetaSchema(draft06)
addFormats.default(ajv)
ajv.addSchema(Object.values(schemas))
const isHar = ajv.getSchema('har.json#')!

/** What of an HTTP Archive is not as others have written the format down. */
export function harViolations(har: unknown): string[] {
  return isHar(har)
    ? []
    : isHar.errors!.map(({ instancePath, message }) => `${instancePath} ${message}`)
}
