import { default as addFormats } from 'ajv-formats'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Budget } from '../../src/mocks/effort/budget.ts'
import { seededFaker } from '../../src/mocks/model/seeded-faker.ts'
import { synthesize } from '../../src/mocks/synthesis/synthesize.ts'
import { compileSchema, type Json, type JsonObject } from '../../src/protocol/index.ts'
import { handMadeSchemas } from '../support/hand-made-schemas.ts'
import { zodSchemas } from '../support/zod-schemas.ts'
import { cpuMs } from '../support/cpu-ms.ts'

const make = (schema: Json, { said = '', seed = 1 } = {}) =>
  synthesize(schema, {
    faker: seededFaker(seed),
    said,
    identifiers: [],
    ordinal: 0,
    phoneNumber: () => undefined,
    budget: new Budget(),
    at: 'schema',
  })

const names = (count: number) => Array.from({ length: count }, (_, i) => `k${i}`)

/** One for all schemas: each compiles the schema of schemas first. */
const ajv = new Ajv2020({ strict: false, logger: false })
addFormats.default(ajv)

/** More take minutes: `npm run test:schemas`. */
const numRuns = Number(process.env['SCHEMAS'] ?? 250)

test.each([
  ['made by zod', zodSchemas],
  ['written by hand', handMadeSchemas],
])('what is made satisfies its schema, %s', { timeout: 1_200_000 }, (_, schemas) => {
  fc.assert(
    fc.property(schemas, ({ schema, accepts }) => {
      const validate = ajv.compile(schema)
      ajv.removeSchema(schema)
      const value = make(schema)
      expect(validate(value) || validate.errors).toBe(true)
      expect(accepts(value)).toBe(true)
      expect(make(schema)).toEqual(value)
    }),
    { numRuns },
  )
})

test.each<[JsonObject, unknown]>([
  [{ type: 'number', minimum: 0.2, maximum: 0.3 }, expect.closeTo(0.25, 1)],
  [{ type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 }, 0.5],
  [{ type: 'integer', minimum: 9007199254740000, maximum: 9007199254740000 }, 9007199254740000],
  [{ type: 'number', multipleOf: 0.1, minimum: 0.3, maximum: 0.3 }, 0.3],
  [{ allOf: [{ multipleOf: 2 }, { multipleOf: 3 }], type: 'integer', maximum: 7 }, 6],
  [{ type: 'integer', minimum: 1, maximum: 100, examples: [42] }, 42],
  [{ type: 'integer', minimum: 50, default: 20 }, expect.closeTo(54.5, -1)],
  [{ type: 'string', pattern: '^[a-z]+$', minLength: 40, maxLength: 40 }, /^[a-z]{40}$/],
  [{ type: 'string', pattern: '^😀+$', minLength: 30, maxLength: 30 }, /^(?:😀){30}$/],
  [{ type: 'string', pattern: '^[А-Я]+$', minLength: 40, maxLength: 40 }, /^[А-Я]{40}$/],
  [{ type: 'string', format: 'email', minLength: 40 }, /^[^@]+@.{20,}$/],
  [{ type: 'array', items: { type: 'boolean' }, minItems: 2, uniqueItems: true }, [true, false]],
  [{ type: 'array', contains: { const: 'x' }, minContains: 2 }, ['x', 'x']],
  [{ enum: [1, 2, 3], not: { enum: [1, 3] } }, 2],
  [{ type: 'object', properties: { toString: { type: 'string' } } }, { toString: /./ }],
])('bounds and rules are kept: %j', (schema, expected) => {
  const value = make(schema)
  if (expected instanceof RegExp) expect(value).toMatch(expected)
  else if (schema['type'] === 'object') expect(value).toHaveProperty('toString')
  else expect(value).toEqual(expected)
  expect(compileSchema(schema)(value)).toEqual([])
})

test('an age is small and positive, however wide its bounds', () => {
  for (let seed = 0; seed < 20; seed++) {
    const age = make(
      { type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
      { seed },
    )
    expect(age).toBeGreaterThan(0)
    expect(age).toBeLessThan(100)
  }
})

test('most of what is optional is filled in, another choice for another seed', () => {
  const properties = Object.fromEntries(names(50).map((name) => [name, { type: 'boolean' }]))
  const keysOf = (seed: number) =>
    Object.keys(make({ type: 'object', properties }, { seed }) as JsonObject)
  expect(keysOf(1).length).toBeGreaterThan(30)
  expect(keysOf(1).length).toBeLessThan(50)
  expect(keysOf(1)).toEqual(keysOf(1))
  expect(keysOf(1)).not.toEqual(keysOf(2))
})

test('what is optional never costs what is required its place', () => {
  const wide = (member: JsonObject): JsonObject => ({
    type: 'object',
    properties: Object.fromEntries(names(70).map((name) => [name, member])),
  })
  const schema: JsonObject = {
    type: 'object',
    properties: {
      more: wide({ $ref: '#/$defs/row' }),
      list: { type: 'array', items: { type: 'integer' }, minItems: 8_000 },
    },
    required: ['list'],
    $defs: { row: wide({ type: 'boolean' }) },
  }
  expect(make(schema)).toHaveProperty('list.length', 8_000)
})

test('what refers to itself ends in an empty list, or in null', () => {
  const schema: JsonObject = {
    type: 'object',
    required: ['children', 'next'],
    properties: {
      children: { type: 'array', items: { $ref: '#' } },
      next: { anyOf: [{ $ref: '#' }, { type: 'null' }] },
    },
  }
  const text = JSON.stringify(make(schema))
  expect(text).toContain('"children":[]')
  expect(text).toContain('"next":null')
  expect(text).not.toContain('{}')
})

test('nullable beside no type says nothing, as in OpenAPI', () => {
  const schema = { nullable: true, anyOf: [{ type: 'string' }] }
  expect(make(schema)).toEqual(expect.any(String))
  const properties = { nullable: { type: 'boolean' }, type: { nullable: true, enum: [1] } }
  expect(make({ type: 'object', required: ['nullable', 'type'], properties })).toEqual({
    nullable: expect.any(Boolean),
    type: 1,
  })
})

test.each<[JsonObject, string, string]>([
  [{ enum: [] }, 'enum', 'allows no value'],
  [{ type: 'string', pattern: '(' }, 'pattern', 'is not a regular expression'],
  [{ type: 'string', pattern: '^a(?=b)c?b$' }, 'pattern', 'looks ahead'],
  [{ type: 'string', pattern: String.raw`^(\w)\1$` }, 'pattern', 'refers back to a group'],
  [{ type: 'string', pattern: '^a$', minLength: 2 }, 'pattern', 'leaves no string'],
  [{ $ref: '#/%zz' }, '$ref', 'refers to nothing'],
  [{ $ref: 'https://example.com/schema.json' }, '$ref', 'refers to nothing'],
  [{ $ref: '#word', $defs: { word: { $anchor: 'word' } } }, '$ref', 'refers to an anchor'],
  [{ $dynamicRef: '#word' }, '$dynamicRef', 'is not supported'],
  [
    { type: 'object', required: ['next'], properties: { next: { $ref: '#' } } },
    'properties.next.$ref',
    'without end',
  ],
  [
    {
      type: 'object',
      required: ['n'],
      properties: { n: { type: 'number', exclusiveMinimum: true } },
    },
    'properties.n.exclusiveMinimum',
    'must be number',
  ],
  [
    { type: 'object', required: ['a'], properties: { a: false } },
    'properties.a',
    'allows no value',
  ],
  [{ type: 'integer', minimum: 3, maximum: 2 }, 'minimum', 'leaves no number'],
  [
    { type: 'array', items: { const: 1 }, minItems: 2, uniqueItems: true },
    'uniqueItems',
    'too many',
  ],
  [
    { type: 'object', additionalProperties: false, minProperties: 1 },
    'minProperties',
    'more members',
  ],
  [{ allOf: [{ type: 'string' }, { type: 'number' }] }, 'allOf[0].type', 'no type'],
  [{ not: {} }, 'not', 'must NOT be valid'],
  [
    { type: 'integer', allOf: [{ minimum: 1 }, { not: { multipleOf: 1 } }] },
    'allOf[1].not',
    'must NOT be valid',
  ],
  [{ type: 'string', not: { pattern: '^.*$' } }, 'not', 'leaves no string'],
  [{ type: 'string', not: { pattern: '(?=a)b' } }, 'not.pattern', 'looks ahead'],
  [
    { type: 'string', format: 'date', pattern: String.raw`^\d\d/\d\d/\d{4}$` },
    'pattern',
    'leaves no string',
  ],
  [
    { allOf: [{ format: 'date' }, { format: 'date-time' }], type: 'string' },
    'allOf[0].format',
    'leaves no string',
  ],
  [{ type: 'string', format: 'hostname', minLength: 254 }, 'format', 'leaves no string'],
  [
    { type: 'integer', format: 'int32', minimum: 3_000_000_000 },
    'format',
    'must match format "int32"',
  ],
])('what no value satisfies is refused, and its keyword named: %j', (schema, keyword, reason) => {
  const refusal = { name: 'UnmetSchemaError', param: `schema.${keyword}` }
  expect(() => make(schema)).toThrow(expect.objectContaining(refusal))
  expect(() => make(schema)).toThrow(reason)
})

test.each([
  [{ type: 'string', format: 'date' }, /^\d{4}-\d\d-\d\d$/],
  [{ type: 'string', format: 'email' }, /@/],
])('formats are kept: %j', (schema, pattern) => {
  expect(make(schema)).toMatch(pattern)
})

test('names tell what is asked for', () => {
  const schema = {
    type: 'object',
    properties: {
      dtmf_tones: { type: 'string' },
      language: { type: 'string' },
      transfer_number: { type: 'string' },
    },
    required: ['dtmf_tones', 'language', 'transfer_number'],
  }
  expect(make(schema, { said: 'Press one, then star' })).toEqual({
    dtmf_tones: '1*',
    language: 'en',
    transfer_number: '+15555550100',
  })
})

/** Nested arrays of a thousand each. */
const thousands = (levels: number): JsonObject =>
  levels === 0
    ? { type: 'integer' }
    : { type: 'array', minItems: 1_000, items: thousands(levels - 1) }

test.each<[JsonObject, string]>([
  [{ type: 'array', minItems: 1e8 }, 'minItems'],
  [{ type: 'array', minItems: 1e8, maxItems: 1e8 }, 'minItems'],
  [{ type: 'string', minLength: 1e9 }, 'minLength'],
  [{ type: 'object', minProperties: 1e8 }, 'minProperties'],
  [{ type: 'object', required: names(20_000) }, 'required'],
  [thousands(4), 'items.items.items.minItems'],
  [
    { type: 'object', required: names(8), additionalProperties: { $ref: '#' } },
    'additionalProperties.$ref',
  ],
  [{ type: 'string', pattern: '((((a{900}){900}){900}){900})' }, 'pattern'],
  [{ type: 'string', pattern: 'a{100000000}' }, 'pattern'],
  [{ type: 'string', pattern: 'x'.repeat(1e6) }, 'pattern'],
  [{ type: 'array', minItems: 900, items: { enum: ['x'.repeat(1e6)] } }, 'items.enum'],
  [{ type: 'array', minItems: 900, items: { const: 'x'.repeat(1e6) } }, 'items.const'],
  [{ type: 'array', minItems: 900, items: { anyOf: names(9_000).map(() => ({})) } }, 'items.anyOf'],
  [{ type: 'array', minItems: 900, items: { allOf: names(9_000).map(() => ({})) } }, 'items.allOf'],
  [{ type: 'array', minItems: 900, items: { $ref: `#${'/x'.repeat(9_000)}` } }, 'items.$ref'],
])('what would take too much is refused, and its keyword named: %.80j', (schema, keyword) => {
  const began = cpuMs()
  expect(() => make(schema)).toThrow(expect.objectContaining({ param: `schema.${keyword}` }))
  expect(cpuMs() - began).toBeLessThan(10_000)
})

test('an address with many colons is refused at once', () => {
  const began = cpuMs()
  const schema = { type: 'string', format: 'url', pattern: '^https://:+$', minLength: 1_500 }
  expect(() => make(schema)).toThrow('leaves no string')
  expect(cpuMs() - began).toBeLessThan(2_500)
})

test.each([
  '^.{1,4000}$',
  '(((((((a+)+)+)+)+)+)+)+b',
  '^(a|a|a)+(a+)+(a+)+[bc]$',
  '^(?!0000)[0-9]{4}$',
  '^[\\s\\S]{300,}$',
])('a string is made for a pattern that is large or backtracks: %s', (pattern) => {
  const schema = { type: 'string', pattern }
  expect(compileSchema(schema as JsonObject)(make(schema))).toEqual([])
})

test('a budget is for all schemas of a request together', () => {
  const budget = new Budget()
  const context = {
    faker: seededFaker(1),
    said: '',
    identifiers: [],
    ordinal: 0,
    phoneNumber: () => undefined,
    budget,
    at: 'schema',
  }
  const schema: Json = { type: 'array', minItems: 4_000, items: { type: 'boolean' } }
  synthesize(schema, context)
  synthesize(schema, context)
  expect(() => synthesize(schema, context)).toThrow('10,000')
})
