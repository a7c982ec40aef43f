import type { Faker } from '@faker-js/faker'

interface Format {
  /** Strings in the format, the likeliest first; others are for rules that are narrower. */
  readonly usual: (faker: Faker) => readonly string[]
  /** One of many, for where those do not keep the rules, or are taken. */
  readonly any: (faker: Faker) => string
  /** Makes one longer, which keeps it in the format. */
  readonly grow?: (text: string, least: number) => string
}

const noun = (faker: Faker) => faker.word.noun()
const letters = (text: string, least: number) => text.padEnd(least, 'a')

/** No label of a host's name has more than 63 characters. */
const labels = (text: string, least: number) => {
  const missing = Math.max(0, least - text.length)
  return Array.from({ length: missing }, (_, i) => (i % 40 === 39 ? '.' : 'a')).join('') + text
}

const soon = (faker: Faker) => faker.date.soon().toISOString()
const anyMoment = (faker: Faker) =>
  faker.date.between({ from: '2000-01-01T00:00:00Z', to: '2050-01-01T00:00:00Z' }).toISOString()

const date: Format = {
  usual: (faker) => [soon(faker).slice(0, 10)],
  any: (faker) => anyMoment(faker).slice(0, 10),
}

const moment: Format = {
  usual: (faker) => {
    const now = soon(faker)
    const second = now.slice(0, 19)
    return [now, `${second}Z`, `${second}+01:00`]
  },
  any: (faker) => {
    const now = anyMoment(faker)
    const second = now.slice(0, 19)
    return faker.helpers.arrayElement([now, `${second}Z`, `${second}+01:00`])
  },
}

const time: Format = {
  usual: (faker) => [`${soon(faker).slice(11, 19)}Z`],
  any: (faker) => {
    const now = anyMoment(faker).slice(11)
    const second = now.slice(0, 8)
    return faker.helpers.arrayElement([`${second}Z`, now, `${second}+01:00`])
  },
}

const duration: Format = {
  usual: (faker) => [`PT${faker.number.int({ min: 1, max: 59 })}M`],
  any: (faker) => {
    const count = () => faker.number.int({ min: 1, max: 59 })
    return faker.helpers.arrayElement([
      `PT${count()}S`,
      `PT${count()}H${count()}M`,
      `P${count()}D`,
      `P${count()}W`,
      `P${count()}Y${count()}M${count()}DT${count()}H${count()}M${count()}S`,
    ])
  },
}

const email: Format = {
  usual: (faker) => [faker.internet.exampleEmail().toLowerCase(), 'a@b.co'],
  any: (faker) => `${noun(faker)}@${noun(faker)}.example.com`,
  grow: letters,
}

const hostname: Format = {
  usual: (faker) => [`${noun(faker)}.example.com`, 'a.co'],
  any: (faker) => `${noun(faker)}.${noun(faker)}.example.com`,
  grow: labels,
}

const link: Format = {
  usual: (faker) => [`https://example.com/${noun(faker)}`, 'https://a.co', 'a:b'],
  any: (faker) => `https://${noun(faker)}.example.com/${noun(faker)}/${noun(faker)}`,
  grow: letters,
}

const path: Format = {
  usual: (faker) => [`/${noun(faker)}`, '/a'],
  any: (faker) => `/${noun(faker)}/${noun(faker)}`,
  grow: letters,
}

/** A format of which all strings are alike. */
function alike(any: Format['any'], grow?: Format['grow']): Format {
  return { usual: (faker) => [any(faker)], any, ...(grow && { grow }) }
}

/** The formats of JSON Schema, and those that zod and OpenAPI write beside them. */
export const FORMATS: ReadonlyMap<string, Format> = new Map<string, Format>([
  ['date', date],
  ['date-time', moment],
  ['iso-date-time', moment],
  ['time', time],
  ['iso-time', time],
  ['duration', duration],
  ['email', email],
  ['idn-email', email],
  ['hostname', hostname],
  ['idn-hostname', hostname],
  [
    'ipv4',
    {
      usual: (faker) => [`192.0.2.${faker.number.int({ min: 1, max: 254 })}`],
      any: (faker) => faker.internet.ipv4(),
    },
  ],
  [
    'ipv6',
    {
      usual: (faker) => [`2001:db8::${faker.number.int({ min: 1, max: 9_999 })}`],
      any: (faker) => faker.internet.ipv6(),
    },
  ],
  ['uri', link],
  ['url', link],
  ['iri', link],
  ['uri-reference', path],
  ['iri-reference', path],
  ['uri-template', path],
  ['uuid', alike((faker) => faker.string.uuid())],
  ['json-pointer', path],
  ['json-pointer-uri-fragment', alike((faker) => `#/${noun(faker)}`, letters)],
  [
    'relative-json-pointer',
    {
      usual: (faker) => [`0/${noun(faker)}`],
      any: (faker) => `${faker.number.int({ max: 9 })}/${noun(faker)}`,
      grow: letters,
    },
  ],
  ['regex', alike(noun, letters)],
  [
    'byte',
    {
      usual: (faker) => [btoa(faker.word.noun(6)), 'YWJj'],
      any: (faker) => btoa(noun(faker)),
      grow: (text, least) =>
        text.padStart(text.length + Math.ceil(Math.max(0, least - text.length) / 4) * 4, 'YWFh'),
    },
  ],
  [
    'emoji',
    {
      usual: (faker) => [faker.helpers.arrayElement(['😀', '👍', '🎉', '🌷'])],
      any: (faker) => faker.internet.emoji(),
    },
  ],
])
