import { readdir, readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import {
  chatRequestSchema,
  compileSchema,
  type Json,
  type JsonObject,
  openaiChunkSchema,
  SchemaEffortError,
  validatorOf,
} from '../../src/protocol/index.ts'
import { noise } from '../support/noise.ts'

test('says where a value breaks its schema, and what was allowed', () => {
  const violationsOf = compileSchema({
    type: 'object',
    properties: { unit: { enum: ['celsius', 'kelvin'] }, days: { type: 'integer' } },
    required: ['unit'],
  })
  expect(violationsOf({ unit: 'kelvin' })).toEqual([])
  expect(violationsOf({ unit: 'ell', days: 1.5 })).toEqual([
    {
      path: '/unit',
      schemaPath: '#/properties/unit/enum',
      message: 'must be equal to one of the allowed values: ["celsius","kelvin"]',
    },
    { path: '/days', schemaPath: '#/properties/days/type', message: 'must be integer' },
  ])
})

test('takes schemas as tools bring them: older dialects, the same id twice, unknown keywords', () => {
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'https://example.com/tool',
    type: 'object',
    'x-order': 1,
    properties: { day: { type: 'string', format: 'date' } },
  } as const
  expect(compileSchema(schema)({ day: 'Monday' })).toEqual([])
  expect(compileSchema(schema)({ day: 1 })).toHaveLength(1)
})

test('counts in decimals', () => {
  const violationsOf = compileSchema({ type: 'number', multipleOf: 0.01 })
  expect(violationsOf(1.15)).toEqual([])
  expect(violationsOf(1.155)).toHaveLength(1)
})

test('refuses what is no schema', () => {
  expect(() => compileSchema({ type: 'nonsense' })).toThrow('type')
})

const PUBLISHED = new URL('../../schemas/', import.meta.url)

test.each(await readdir(PUBLISHED))(
  '%s, which is never checked again, is a schema',
  async (name) => {
    const schema = JSON.parse(await readFile(new URL(name, PUBLISHED), 'utf8')) as JsonObject
    expect(compileSchema(schema)).toBeTypeOf('function')
  },
)

test.each([chatRequestSchema, openaiChunkSchema])('so is what stays within', (schema) => {
  expect(compileSchema(schema)).toBeTypeOf('function')
})

test('a schema of our own judges as any other does, and tells which of its parts is broken', () => {
  const schema = { type: 'integer' } as const
  const violationsOf = validatorOf(schema)
  expect([violationsOf(1), violationsOf('1')]).toEqual([
    [],
    [{ path: '', message: 'must be integer', schemaPath: '#/type', schema, value: '1' }],
  ])
})

describe('patterns', () => {
  test('are told apart', () => {
    const violationsOf = compileSchema({
      type: 'object',
      properties: { a: { pattern: '^a+$' }, b: { pattern: '^b+$' } },
      patternProperties: { '^x-': { type: 'number' } },
    })
    expect(violationsOf({ a: 'aa', b: 'bb', 'x-y': 1 })).toEqual([])
    expect(violationsOf({ a: 'b', b: 'a', 'x-y': '' }).map(({ path }) => path)).toEqual(
      expect.arrayContaining(['/a', '/b', '/x-y']),
    )
  })

  test('do not backtrack, whatever the text', () => {
    const violationsOf = compileSchema({ type: 'string', pattern: '^(a+)+$' })
    expect(violationsOf(`${'a'.repeat(50_000)}b`)).toHaveLength(1)
  })

  test('that would have to are taken to hold', () => {
    expect(compileSchema({ type: 'string', pattern: '^(a)\\1$' })('b')).toEqual([])
  })
})

test.each([
  [
    'wide',
    { enum: Array.from({ length: 6_000 }, (_, i) => i) },
    'holds more than 5000 keys and values',
  ],
  ['deep', nested(100_000), 'nested deeper than 256 levels'],
])('a schema that is too %s is not compiled', (_, schema, why) => {
  expect(() => compileSchema(schema)).toThrow(why)
})

const DOUBLING = Object.fromEntries(
  Array.from({ length: 30 }, (_, i) => [
    `d${i}`,
    { anyOf: [{ $ref: `#/$defs/d${i + 1}` }, { $ref: `#/$defs/d${i + 1}` }] },
  ]),
)
const many = <T>(count: number, make: (i: number) => T) =>
  Array.from({ length: count }, (_, i) => make(i))

test.each<[string, JsonObject, Json]>([
  [
    'references that double',
    { $defs: { ...DOUBLING, d30: { type: 'string' } }, $ref: '#/$defs/d0' },
    1,
  ],
  [
    'references to itself, often',
    { type: 'array', items: { anyOf: [{ $ref: '#' }, { $ref: '#' }, { $ref: '#' }] } },
    JSON.parse(`${'['.repeat(20)}1${']'.repeat(20)}`) as Json,
  ],
  [
    'objects that must differ',
    { type: 'array', uniqueItems: true },
    many(20_000, (i) => ({ number: i })),
  ],
  [
    'many keywords for many items',
    { type: 'array', items: { allOf: many(1_000, (i) => ({ multipleOf: i + 2 })) } },
    many(20_000, (i) => i),
  ],
  [
    'patterns for many keys',
    { type: 'object', patternProperties: { '(a|b)*a(a|b){18}z': true } },
    { [`z${noise(50_000, 'ab')}`]: 1 },
  ],
])('%s: it is given up', (_, schema, value) => {
  const violationsOf = compileSchema(schema)
  expect(() => violationsOf(value)).toThrow(SchemaEffortError)
  // Nothing is left over of it.
  expect(compileSchema({ type: 'array', items: { type: 'string' } })(['a', 'b'])).toEqual([])
})

test('many large patterns are not compiled', () => {
  const allOf = many(500, (i) => ({ pattern: `a{900}b${i}` }))
  expect(() => compileSchema({ allOf })).toThrow(SchemaEffortError)
})

test('what is honest and large is judged', () => {
  const properties = Object.fromEntries(many(200, (i) => [`p${i}`, { type: 'string' }]))
  const schema = { type: 'array', uniqueItems: true, items: { type: 'object', properties } }
  const value = many(500, (i) => Object.fromEntries(many(20, (j) => [`p${j}`, `${i}`])))
  expect(compileSchema(schema)(value)).toEqual([])
})

function nested(levels: number): JsonObject {
  let schema: JsonObject = {}
  for (let level = 0; level < levels; level++) schema = { not: schema }
  return schema
}
