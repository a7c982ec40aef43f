import fc from 'fast-check'
import { z } from 'zod'
import type { JsonObject } from '../../src/protocol/index.ts'

/** A JSON Schema that some value satisfies, and what else a value has to pass. */
export interface Satisfiable {
  readonly schema: JsonObject
  readonly accepts: (value: unknown) => boolean
}

/** Names of members that are made up in different ways. */
export const names = fc.constantFrom(
  'reason',
  'language',
  'date',
  'city',
  'message',
  'age',
  'order_id',
  'email',
  'a/b',
)

const zodLeaf: fc.Arbitrary<z.ZodType> = fc.oneof(
  fc.constantFrom(
    z.string(),
    z.number(),
    z.int(),
    z.int32(),
    z.float32(),
    z.boolean(),
    z.null(),
    z.email(),
    z.url(),
    z.uuid(),
    z.iso.date(),
    z.iso.datetime(),
    z.iso.time(),
    z.iso.duration(),
    z.ipv4(),
    z.ipv6(),
    z.cidrv4(),
    z.base64(),
    z.base64url(),
    z.e164(),
    z.cuid(),
    z.cuid2(),
    z.ulid(),
    z.nanoid(),
    z.emoji(),
    z.guid(),
    z.hostname(),
    z.any(),
    z.unknown(),
    z.literal('x'),
    z.literal([1, 2]),
    z.enum(['celsius', 'fahrenheit']),
    z.templateLiteral(['id-', z.int()]),
    z.string().startsWith('ab'),
    z.string().endsWith('yz'),
    z.string().includes('mid'),
    z
      .string()
      .regex(/^[A-Z]{3}\d+$/)
      .min(8),
    z.number().positive(),
    z.number().negative(),
    z.number().nonnegative().lt(1),
    z.int().multipleOf(5),
    z.number().gt(0.2).lt(0.3),
    z.number().multipleOf(0.01).max(10),
    z.string().length(7),
    z.iso.datetime({ offset: true }),
  ),
  fc.tuple(fc.nat(40), fc.nat(10)).map(([min, more]) =>
    z
      .string()
      .min(min)
      .max(min + more),
  ),
  fc.tuple(fc.integer(), fc.nat(1_000)).map(([min, more]) =>
    z
      .int()
      .min(min)
      .max(min + more),
  ),
)

const zodMade = fc.letrec<{ schema: z.ZodType }>((tie) => ({
  schema: fc.oneof(
    { depthSize: 'small', maxDepth: 5 },
    zodLeaf,
    fc
      .dictionary(names, zodMember(tie('schema')), { maxKeys: 5 })
      .map((shape): z.ZodType => z.object(shape)),
    tie('schema').map((item): z.ZodType => z.array(item).min(1).max(4)),
    fc
      .array(tie('schema'), { minLength: 1, maxLength: 3 })
      .map((options): z.ZodType => z.union(options)),
    fc
      .array(tie('schema'), { minLength: 1, maxLength: 3 })
      .map((items): z.ZodType => z.tuple(items as [z.ZodType])),
    tie('schema').map((item): z.ZodType =>
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('a'), item }),
        z.object({ kind: z.literal('b') }),
      ]),
    ),
    tie('schema').map((item): z.ZodType => z.record(z.string(), item)),
    tie('schema').map((item): z.ZodType => z.record(z.enum(['x', 'y']), item)),
    tie('schema').map((item): z.ZodType => {
      const node = z.object({
        item,
        get children() {
          return z.array(node)
        },
        get parent() {
          return node.nullable()
        },
      })
      return node
    }),
    tie('schema').map((item): z.ZodType =>
      z.intersection(z.object({ left: item }), z.object({ right: z.int() })),
    ),
  ),
})).schema

function zodMember(type: fc.Arbitrary<z.ZodType>): fc.Arbitrary<z.ZodType> {
  return fc.tuple(type, fc.constantFrom('', 'optional', 'nullable')).map(([member, kind]) => {
    if (kind === 'optional') return member.optional()
    return kind === 'nullable' ? member.nullable() : member
  })
}

/** What `z.toJSONSchema` makes of schemas of zod, and these. */
export const zodSchemas: fc.Arbitrary<Satisfiable> = zodMade.map((type) => ({
  schema: z.toJSONSchema(type) as JsonObject,
  accepts: (value) => type.safeParse(value).success,
}))
