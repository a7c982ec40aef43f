import { writeFileSync } from 'node:fs'
import { schemas } from './schemas.ts'

for (const [name, schema] of Object.entries(schemas)) {
  const file = new URL(`../schemas/${name}.schema.json`, import.meta.url)
  writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`)
}
