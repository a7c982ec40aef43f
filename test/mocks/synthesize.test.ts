import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Budget } from '../../src/mocks/budget.ts'
import { seededFaker } from '../../src/mocks/seeded-faker.ts'
import { synthesize } from '../../src/mocks/synthesize.ts'
import { compileSchema, type Json, type JsonObject } from '../../src/protocol/index.ts'

const make = (schema: Json, said = '') =>
  synthesize(schema, {
    faker: seededFaker(1),
    said,
    identifiers: [],
    ordinal: 0,
    phoneNumber: () => undefined,
    budget: new Budget(),
    at: 'schema',
  })

const leaf = fc.oneof(
  fc.constant({ type: 'string' }),
  fc.record({
    type: fc.constant('string'),
    minLength: fc.nat(5),
    maxLength: fc.integer({ min: 5, max: 9 }),
  }),
  fc.constantFrom(
    { type: 'string', pattern: '^[A-Z]{2}-[0-9]{3}$' },
    { type: ['string', 'null'] },
    { type: 'boolean' },
    { type: 'null' },
    { const: 7 },
    { enum: ['a', 'b', null] },
    { type: 'number', exclusiveMinimum: 0, maximum: 1 },
    { type: 'integer', minimum: -5, maximum: -5 },
    { type: 'integer', minimum: 3, multipleOf: 4 },
    { $ref: '#/$defs/word' },
    { anyOf: [{ type: 'null' }, { type: 'integer' }] },
    { oneOf: [{ type: 'string', maxLength: 4 }] },
    { type: 'string', pattern: String.raw`^\+[1-9]\d{1,14}$` },
    { type: 'string', pattern: '^(yes|no)$' },
    { type: 'integer', maximum: -5 },
    { type: 'number', multipleOf: 0.01, minimum: 1 },
    { type: 'array', items: { enum: ['a', 'b', 'c'] }, minItems: 3, uniqueItems: true },
    { type: 'object', required: ['x'], additionalProperties: { type: 'integer' } },
    { type: 'object', properties: { a: { type: 'null' } }, minProperties: 1 },
    { allOf: [{ type: 'object', properties: { a: { type: 'integer' } }, required: ['a'] }] },
  ),
) as fc.Arbitrary<JsonObject>
const schemas: fc.Arbitrary<JsonObject> = fc.letrec((tie) => ({
  schema: fc.oneof(
    // Six levels of their own, and two that the deepest leaf adds.
    { depthSize: 'small', maxDepth: 6 },
    leaf,
    fc
      .dictionary(
        fc.constantFrom('reason', 'language', 'date', 'city', 'message'),
        tie('schema') as fc.Arbitrary<JsonObject>,
      )
      .map((properties) => ({
        type: 'object',
        properties,
        required: Object.keys(properties),
        additionalProperties: false,
      })),
    fc.record({
      type: fc.constant('array'),
      items: tie('schema') as fc.Arbitrary<JsonObject>,
      minItems: fc.nat(3),
    }),
  ),
})).schema

test('what is made satisfies its schema', () => {
  fc.assert(
    fc.property(schemas, (schema) => {
      const whole: JsonObject = { ...schema, $defs: { word: { type: 'string' } } }
      expect(compileSchema(whole)(make(whole))).toEqual([])
    }),
  )
})

test('a schema that contains itself comes to an end', () => {
  const schema = { type: 'object', required: ['next'], properties: { next: { $ref: '#' } } }
  expect(make(schema)).toHaveProperty('next')
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
  expect(make(schema, 'Press one, then star')).toEqual({
    dtmf_tones: '1*',
    language: 'en',
    transfer_number: '+15555550100',
  })
})

test.each([
  { enum: [] },
  { type: 'string', pattern: '(' },
  { type: 'string', format: 'constructor' },
  { $ref: '#/%zz' },
  { type: 'string', pattern: '^(a)\\1$' },
])('a schema that makes no sense breaks nothing: %j', (schema) => {
  expect(() => make(schema)).not.toThrow()
})

/** Nested arrays of a thousand each. */
const thousands = (levels: number): JsonObject =>
  levels === 0
    ? { type: 'integer' }
    : { type: 'array', minItems: 1_000, items: thousands(levels - 1) }
const names = (count: number) => Array.from({ length: count }, (_, i) => `k${i}`)

test.each<[JsonObject, string]>([
  [{ type: 'array', minItems: 1e8 }, 'minItems'],
  [{ type: 'array', minItems: 1e8, maxItems: 1e8 }, 'minItems'],
  [{ type: 'string', minLength: 1e9 }, 'minLength'],
  [{ type: 'object', minProperties: 1e8 }, 'minProperties'],
  [{ type: 'object', required: names(20_000) }, 'required'],
  [thousands(4), 'items.items.items.minItems'],
  [{ type: 'object', required: names(8), additionalProperties: { $ref: '#' } }, 'required'],
  [{ type: 'string', pattern: '((((a{900}){900}){900}){900})' }, 'pattern'],
  [{ type: 'string', pattern: 'a{100000000}' }, 'pattern'],
  [{ type: 'string', pattern: 'x'.repeat(1e6) }, 'pattern'],
  [{ type: 'array', minItems: 900, items: { enum: ['x'.repeat(1e6)] } }, 'items.enum'],
  [{ type: 'array', minItems: 900, items: { const: 'x'.repeat(1e6) } }, 'items.const'],
  [{ type: 'array', minItems: 900, items: { anyOf: names(9_000).map(() => ({})) } }, 'items.anyOf'],
  [{ type: 'array', minItems: 900, items: { allOf: names(9_000).map(() => ({})) } }, 'items.allOf'],
  [{ type: 'array', minItems: 900, items: { $ref: `#${'/x'.repeat(9_000)}` } }, 'items.$ref'],
])('what would take too much is refused, and its keyword named: %.80j', (schema, keyword) => {
  const began = performance.now()
  expect(() => make(schema)).toThrow(expect.objectContaining({ param: `schema.${keyword}` }))
  expect(performance.now() - began).toBeLessThan(10_000)
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
