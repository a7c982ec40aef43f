import fc from 'fast-check'
import type { JsonObject } from '../../src/protocol/index.ts'
import { names, type Satisfiable } from './zod-schemas.ts'

const schema = (value: object) => value as JsonObject

const integers: fc.Arbitrary<JsonObject> = fc
  .tuple(
    fc.integer({ min: -1e9, max: 1e9 }),
    fc.nat(1_000),
    fc.constantFrom('', 'low', 'high', 'both', 'exclusive', 'huge', 'safe', 'multiple'),
    fc.constantFrom(2, 3, 7, 10, 0.5, 1.5),
  )
  .map(([low, span, kind, multipleOf]) => ({
    type: 'integer',
    ...(kind === 'low' && { minimum: low }),
    ...(kind === 'high' && { maximum: low }),
    ...(kind === 'both' && { minimum: low, maximum: low + span }),
    ...(kind === 'exclusive' && { exclusiveMinimum: low, exclusiveMaximum: low + span + 2 }),
    ...(kind === 'huge' && { minimum: 9e14 + low, maximum: 9e14 + low + span }),
    ...(kind === 'safe' && {
      minimum: Number.MIN_SAFE_INTEGER,
      maximum: Number.MAX_SAFE_INTEGER,
    }),
    ...(kind === 'multiple' && { minimum: low, maximum: low + span + 30, multipleOf }),
  }))

const numbers: fc.Arbitrary<JsonObject> = fc
  .tuple(
    fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    fc.constantFrom(1e-3, 0.1, 0.3, 1, 25, 1e4),
    fc.constantFrom('', 'low', 'high', 'both', 'exclusive', 'half', 'multiple', 'point'),
    fc.constantFrom(0.01, 0.05, 0.1, 0.25, 0.3, 2.5, 7),
  )
  .map(([low, span, kind, multipleOf]) => ({
    type: 'number',
    ...(kind === 'low' && { minimum: low }),
    ...(kind === 'high' && { exclusiveMaximum: low }),
    ...(kind === 'both' && { minimum: low, maximum: low + span }),
    ...(kind === 'exclusive' && { exclusiveMinimum: low, exclusiveMaximum: low + span }),
    ...(kind === 'half' && { exclusiveMinimum: 0, maximum: span }),
    ...(kind === 'multiple' && { minimum: low, maximum: low + 20, multipleOf }),
    ...(kind === 'point' && { minimum: low, maximum: low }),
  }))

/** Different ones, in a range that may be small. */
const distinct: fc.Arbitrary<JsonObject> = fc
  .tuple(
    fc.integer({ min: -3, max: 3 }),
    fc.constantFrom(1e-9, 1e-4, 0.1, 1, 2),
    fc.integer({ min: 2, max: 12 }),
  )
  .map(([minimum, span, minItems]) => ({
    type: 'array',
    items: { type: 'number', minimum, maximum: minimum + span },
    minItems,
    uniqueItems: true,
  }))

const strings: fc.Arbitrary<JsonObject> = fc.oneof(
  fc
    .tuple(fc.nat(30), fc.nat(30))
    .map(([minLength, more]) => schema({ type: 'string', minLength, maxLength: minLength + more })),
  fc
    .constantFrom(
      '^[A-Z]{2}-[0-9]{3}$',
      String.raw`^\+[1-9]\d{1,14}$`,
      '^(yes|no)$',
      '[a-z]+',
      '^x',
      '^(?=.*[A-Z])(?=.*[0-9]).{8,20}$',
      '^[a-z]+(-[a-z]+)*$',
      '^[^@ ]+@[^@ ]+$',
      'é$',
      '^[А-Яа-яЁё]+$',
      String.raw`[\u4e00-\u9fff]`,
      '^[一-龥]{2,4}$',
      String.raw`^\p{Lu}\p{Ll}+$`,
      String.raw`^[\p{L}\p{N}_-]+ \P{L}$`,
      String.raw`^\p{Script=Han}+$`,
      String.raw`^\p{Script=Gothic}$`,
      String.raw`^\p{Emoji}+$`,
      '^[à-ÿ]{3}$',
      '^😀+$',
      String.raw`^[😀-🙏a-c]{2,3}\u{1F600}$`,
      String.raw`^[^\x00-\x7F]+$`,
      String.raw`^[\0-\x1f]$`,
      String.raw`^[\]\[^-]{4}\u0040$`,
    )
    .map((pattern) => schema({ type: 'string', pattern })),
  fc
    .nat(20)
    .map((minLength) =>
      schema({ type: 'string', pattern: '^[a-z0-9]+$', minLength, maxLength: minLength + 3 }),
    ),
  fc
    .nat(20)
    .map((minLength) => schema({ type: 'string', pattern: 'ab', minLength: minLength + 2 })),
  fc
    .constantFrom(
      'date',
      'date-time',
      'time',
      'duration',
      'email',
      'hostname',
      'ipv4',
      'ipv6',
      'uri',
      'uuid',
      'uri-reference',
      'json-pointer',
      'regex',
      'byte',
    )
    .map((format) => schema({ type: 'string', format })),
  fc
    .constantFrom(
      ['uri', String.raw`\.(pdf|docx)$`],
      ['uri', '^(s3|gs)://'],
      ['uri-template', String.raw`\{id\}`],
      ['date', '^2024-'],
      ['date', String.raw`^19\d\d-\d\d-\d\d$`],
      ['date', '-0[1-6]-15$'],
      ['date-time', '^2024-01-01T'],
      ['date-time', String.raw`\+02:00$`],
      ['date-time', 'T(09|1[0-7]):00'],
      ['time', '^1[0-9]:30'],
      ['duration', String.raw`^P\d+D$`],
      ['email', String.raw`@gmail\.com$`],
      ['email', String.raw`^[A-Z]+@[a-z]+\.de$`],
      ['hostname', String.raw`\.local$`],
      ['ipv4', String.raw`^10\.`],
      ['ipv4', String.raw`^192\.168\.`],
      ['ipv6', '^fe80:'],
      ['uuid', '^a'],
      ['uuid', '^[0-9a-f]{8}-[0-9a-f]{4}-7'],
    )
    .map(([format, pattern]) => schema({ type: 'string', format, pattern })),
  fc
    .constantFrom('email', 'uri', 'hostname', 'byte')
    .map((format) => schema({ type: 'string', format, minLength: 100 })),
)

const others: fc.Arbitrary<JsonObject> = fc.constantFrom(
  ...[
    { type: 'boolean' },
    { type: 'null' },
    {},
    { const: 7 },
    { const: { a: [1] } },
    { enum: ['a', 'b', null] },
    { enum: [{ a: 1 }, [2]] },
    { type: 'string', enum: ['celsius', 'fahrenheit'] },
    { type: ['string', 'null'] },
    { type: ['integer', 'boolean'], minimum: 3 },
    { not: { type: 'string' } },
    { type: 'integer', minimum: 1, maximum: 3, not: { const: 2 } },
    { enum: [1, 2, 3], not: { enum: [1, 2] } },
    { $ref: '#/$defs/word' },
    { $ref: '#/$defs/word', minLength: 12 },
    { $ref: '#/$defs/list' },
    { $ref: '#/$defs/tree' },
    { $ref: '#/$defs/expression' },
    { $ref: '#/$defs/json' },
    { type: 'array', items: { type: 'boolean' }, minItems: 2, maxItems: 2, uniqueItems: true },
    { type: 'array', items: { enum: [1, 2, 3, 4] }, minItems: 4, uniqueItems: true },
    {
      type: 'array',
      items: { type: 'integer', minimum: 1, maximum: 30 },
      minItems: 30,
      uniqueItems: true,
    },
    { type: 'array', contains: { type: 'integer', minimum: 5 }, items: { type: 'number' } },
    { type: 'array', contains: { const: 'x' }, minContains: 2, maxContains: 3, minItems: 5 },
    { type: 'array', prefixItems: [{ type: 'string' }, { type: 'integer' }], items: false },
    { type: 'array', prefixItems: [{ const: 1 }], items: { type: 'boolean' }, minItems: 3 },
    { type: 'array', maxItems: 0 },
    {
      type: 'array',
      items: { enum: ['a', 'b'] },
      contains: { const: 'b' },
      maxContains: 1,
      minItems: 8,
    },
    {
      type: 'array',
      items: { type: 'integer', minimum: 0, maximum: 10 },
      contains: { minimum: 5 },
      maxContains: 1,
      minItems: 5,
    },
    {
      type: 'array',
      items: { enum: [1, 2, 3] },
      allOf: [
        { contains: { const: 1 }, maxContains: 1 },
        { contains: { const: 2 }, maxContains: 2 },
      ],
      minItems: 6,
    },
    {
      type: 'array',
      items: { type: 'integer' },
      allOf: [{ contains: { minimum: 3 } }, { contains: { maximum: 5 } }],
      maxItems: 1,
    },
    {
      type: 'array',
      prefixItems: [{ type: 'string' }, { type: 'integer' }],
      items: false,
      contains: { const: 3 },
    },
    {
      type: 'array',
      items: { type: 'object', properties: { kind: { enum: ['a', 'b'] } }, required: ['kind'] },
      contains: { properties: { kind: { const: 'a' } } },
      maxContains: 1,
      minItems: 4,
    },
    { type: 'array', items: { type: 'boolean' }, contains: {}, maxContains: 3, minItems: 3 },
    {
      type: 'array',
      items: { type: 'string', pattern: '^x-' },
      minItems: 5,
      uniqueItems: true,
    },
    { type: 'string', not: { pattern: '[aeiou]' } },
    { type: 'string', not: { maxLength: 20 } },
    { type: 'string', not: { type: 'string', minLength: 3 } },
    { type: 'integer', not: { maximum: 100 } },
    { type: 'integer', not: { multipleOf: 2 } },
    { type: 'integer', minimum: 1, not: { enum: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] } },
    { type: 'array', items: { type: 'integer' }, not: { maxItems: 3 } },
    { type: 'array', items: { type: 'string' }, not: { contains: { maxLength: 4 } }, minItems: 2 },
    { not: { not: { type: 'integer' } } },
    {
      type: 'object',
      properties: { a: {}, b: {}, c: {} },
      not: { anyOf: [{ required: ['a'] }, { required: ['b'] }] },
      minProperties: 1,
    },
    {
      type: 'object',
      patternProperties: { '^x-': { type: 'integer' } },
      additionalProperties: false,
      minProperties: 3,
    },
    {
      oneOf: [
        { properties: { a: { type: 'string' } } },
        { properties: { b: { type: 'integer' } } },
      ],
      type: 'object',
    },
    {
      oneOf: [
        { type: 'string', maxLength: 5 },
        { type: 'string', minLength: 3 },
      ],
    },
    {
      oneOf: [
        { type: 'number', minimum: 0 },
        { type: 'number', maximum: 10 },
      ],
    },
    {
      type: 'array',
      items: { type: 'string', format: 'date' },
      minItems: 20,
      uniqueItems: true,
    },
    {
      type: 'array',
      items: { type: 'string', format: 'date-time', pattern: '^2024-01-01T' },
      minItems: 3,
      uniqueItems: true,
    },
    { type: 'object', propertyNames: { format: 'date' }, minProperties: 2 },
    { type: 'string', format: 'date', not: { const: '2026-01-01' } },
    {
      oneOf: [
        { type: 'string', format: 'ipv4' },
        { type: 'string', format: 'ipv6' },
      ],
    },
    { allOf: [{ format: 'uri' }, { format: 'uri-reference' }], type: 'string' },
    {
      type: 'object',
      minProperties: 2,
      patternProperties: { '^x-[a-z]{2,5}$': { type: 'integer' } },
      additionalProperties: false,
    },
    { type: 'object', minProperties: 3, propertyNames: { pattern: '^[a-z]{3,6}$' } },
    {
      type: 'object',
      propertyNames: { enum: ['a', 'b'] },
      additionalProperties: { type: 'number' },
      minProperties: 2,
    },
    { type: 'object', additionalProperties: { type: 'integer' }, maxProperties: 1 },
    { type: 'object', properties: { a: { type: 'null' }, b: false }, minProperties: 1 },
    {
      type: 'object',
      properties: { card: { type: 'string' } },
      dependentRequired: { card: ['address'] },
    },
    {
      type: 'object',
      properties: { card: { type: 'string' } },
      required: ['card'],
      dependentSchemas: { card: { properties: { code: { type: 'integer' } }, required: ['code'] } },
    },
    {
      type: 'object',
      properties: { country: { enum: ['NL', 'US'] }, code: { type: 'string' } },
      required: ['country', 'code'],
      if: { properties: { country: { const: 'US' } } },
      // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
      then: { properties: { code: { pattern: '^[0-9]{5}$' } } },
      else: { properties: { code: { pattern: '^[0-9]{4}[A-Z]{2}$' } } },
    },
    {
      type: 'object',
      properties: { id: { type: 'string' }, name: { type: 'string' } },
      oneOf: [{ required: ['id'] }, { required: ['name'] }],
    },
    { type: 'object', properties: { a: {}, b: {} }, not: { required: ['a'] } },
    {
      oneOf: [
        { type: 'number', multipleOf: 5 },
        { type: 'number', multipleOf: 3 },
      ],
    },
    { oneOf: [{ type: 'string', maxLength: 4 }] },
    { anyOf: [{ type: 'null' }, { type: 'integer' }] },
    { anyOf: [{ type: 'string', const: 'x' }, { type: 'integer' }], type: 'integer' },
    { allOf: [{ type: 'integer', minimum: 3 }, { maximum: 5 }, { multipleOf: 2 }] },
    { allOf: [{ pattern: '^a' }, { pattern: 'z$' }], type: 'string' },
    {
      allOf: [
        { properties: { a: { minimum: 2 } } },
        { properties: { a: { type: 'number', maximum: 3 } }, required: ['a'] },
      ],
      type: 'object',
    },
  ].map(schema),
)

const made = fc.letrec<{ schema: JsonObject }>((tie) => ({
  schema: fc.oneof(
    { depthSize: 'small', maxDepth: 6 },
    fc.oneof(integers, numbers, distinct, strings, others),
    objects(tie('schema')),
    arrays(tie('schema')),
    unions(tie('schema')),
  ),
})).schema

function objects(inner: fc.Arbitrary<JsonObject>): fc.Arbitrary<JsonObject> {
  return fc
    .tuple(
      fc.dictionary(names, inner, { maxKeys: 5 }),
      fc.nat(5),
      fc.constantFrom('', 'closed', 'typed', 'least', 'most'),
    )
    .map(([properties, needed, kind]) => {
      const known = Object.keys(properties)
      const required = known.slice(0, needed)
      return {
        type: 'object',
        properties,
        ...(needed < 5 && { required }),
        ...(kind === 'closed' && { additionalProperties: false }),
        ...(kind === 'typed' && { additionalProperties: { type: 'boolean' } }),
        ...(kind === 'least' && { minProperties: known.length }),
        ...(kind === 'most' && { maxProperties: Math.max(required.length, 1) }),
      }
    })
}

function arrays(inner: fc.Arbitrary<JsonObject>): fc.Arbitrary<JsonObject> {
  return fc.tuple(inner, fc.nat(3), fc.option(fc.nat(2))).map(([items, minItems, more]) => ({
    type: 'array',
    items,
    minItems,
    ...(more !== null && { maxItems: minItems + more }),
  }))
}

function unions(inner: fc.Arbitrary<JsonObject>): fc.Arbitrary<JsonObject> {
  return fc.oneof(
    fc.array(inner, { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
    fc.array(inner, { minLength: 1, maxLength: 3 }).map((members) => ({
      oneOf: members.map((value, i) => ({
        type: 'object',
        properties: { kind: { const: i }, value },
        required: ['kind', 'value'],
      })),
    })),
  )
}

/** Written by hand, with the keywords of JSON Schema 2020-12. */
export const handMadeSchemas: fc.Arbitrary<Satisfiable> = made.map((whole) => ({
  accepts: () => true,
  schema: {
    ...whole,
    $defs: {
      word: { type: 'string', minLength: 3 },
      list: {
        type: 'object',
        properties: {
          value: { type: 'integer' },
          next: { anyOf: [{ $ref: '#/$defs/list' }, { type: 'null' }] },
        },
        required: ['value', 'next'],
        additionalProperties: false,
      },
      tree: {
        type: 'object',
        properties: {
          name: { type: 'string' },
          children: { type: 'array', items: { $ref: '#/$defs/tree' } },
        },
        required: ['name', 'children'],
        additionalProperties: false,
      },
      expression: {
        oneOf: [
          {
            type: 'object',
            properties: { op: { const: 'not' }, of: { $ref: '#/$defs/expression' } },
            required: ['op', 'of'],
          },
          {
            type: 'object',
            properties: {
              op: { const: 'and' },
              all: { type: 'array', items: { $ref: '#/$defs/expression' }, minItems: 2 },
            },
            required: ['op', 'all'],
          },
          {
            type: 'object',
            properties: { op: { const: 'is' }, name: { type: 'string' } },
            required: ['op', 'name'],
          },
        ],
      },
      json: {
        anyOf: [
          { type: 'object', additionalProperties: { $ref: '#/$defs/json' } },
          { type: 'array', items: { $ref: '#/$defs/json' } },
          { type: ['string', 'number', 'boolean', 'null'] },
        ],
      },
    },
  },
}))
