import { type ValidateFunction, Ajv2020 } from 'ajv/dist/2020.js'
import { default as standalone } from 'ajv/dist/standalone/index.js'
import type { JSONSchema } from 'json-schema-to-ts'
import type { Plugin } from 'rolldown'
import { scenariosSchema } from '../src/mocks/index.ts'
import { samplesOfFaker } from '../src/mocks/scenario/answer/samples-of-faker.ts'
import {
  chatCompletionSchema,
  chatRequestSchema,
  responsesRequestSchema,
} from '../src/protocol/index.ts'
import { META_SCHEMA, TRUSTING } from '../src/protocol/json/compile-own.ts'
import { withoutName } from '../src/protocol/json/without-name.ts'

const validator = (make: (ajv: Ajv2020) => ValidateFunction) => () => {
  const ajv = new Ajv2020({ ...TRUSTING, code: { source: true, esm: true } })
  return asModule(standalone.default(ajv, make(ajv)))
}
const compiled = (schema: JSONSchema) => validator((ajv) => ajv.compile(withoutName(schema)))
const eager = (schema: JSONSchema) => () => inParentheses(compiled(schema)())

/** What a server takes to answer: to make it, or only to load what does, would take longer than all else. */
const MODULES = {
  'protocol/json/precompiled-meta-schema': validator((ajv) => ajv.getSchema(META_SCHEMA)!),
  'protocol/chat/precompiled-completion': compiled(chatCompletionSchema),
  'protocol/chat/validation/precompiled-request': eager(chatRequestSchema),
  'protocol/responses/request/precompiled-request': eager(responsesRequestSchema),
  'mocks/scenario/spec/precompiled-scenarios': eager(scenariosSchema),
  'mocks/scenario/answer/precompiled-samples': () =>
    `export const samples = () => (${JSON.stringify(samplesOfFaker())})`,
}

/** Makes modules when the package is built, and puts them where the sources make what they hold when asked. */
export function precompiled(): Plugin {
  return {
    name: 'precompiled',
    load: {
      filter: { id: /\/precompiled-[\w-]+\.ts$/ },
      handler(id) {
        const [, make] = Object.entries(MODULES).find(([name]) => id.endsWith(`/${name}.ts`))!
        return { code: make(), moduleType: 'js' }
      },
    },
  }
}

/** What ajv writes as a module still calls `require`; not all agree what the default of such a module is. */
function asModule(code: string): string {
  const paths = [...new Set(Array.from(code.matchAll(REQUIRE), ([, path]) => path!))]
  const imports = paths.map((path, i) => `import required${i} from '${path}.js'\n`)
  const body = code.replaceAll(REQUIRE, (_, path: string) => {
    const name = `required${paths.indexOf(path)}`
    return `(${name}.default ?? ${name})`
  })
  return imports.join('') + body
}

const REQUIRE = /require\("([^"]+)"\)\.default/g

/** V8 compiles functions in parentheses with their module, and keeps them in its cache; others it compiles anew. */
function inParentheses(code: string): string {
  return code
    .replace(/export const validate = (\w+);export default \1;/, 'export { $1 as validate };')
    .replaceAll(/function (\w+)(\(.*?\})(?=\1\.evaluated)/gs, 'const $1 = (function $1$2);')
}
