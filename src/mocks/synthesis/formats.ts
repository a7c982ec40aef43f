import type { SynthesisState } from './synthesis-state.ts'

interface Format {
  /** Strings in the format, the likeliest first; others are for patterns that are narrower. */
  readonly samples: (state: SynthesisState) => readonly string[]
  /** Whether letters at the end keep it in the format. */
  readonly grows?: boolean
}

const soon = ({ faker }: SynthesisState) => faker.date.soon().toISOString()

/** The formats of JSON Schema, and those that zod and OpenAPI write beside them. */
export const FORMATS: ReadonlyMap<string, Format> = new Map<string, Format>([
  ['date', { samples: (state) => [soon(state).slice(0, 10)] }],
  [
    'date-time',
    {
      samples: (state) => {
        const moment = soon(state)
        const second = moment.slice(0, 19)
        return [moment, `${second}Z`, `${second}+01:00`, second]
      },
    },
  ],
  [
    'time',
    {
      samples: (state) => {
        const time = soon(state).slice(11, 19)
        return [`${time}Z`, time, time.slice(0, 5)]
      },
    },
  ],
  ['duration', { samples: ({ faker }) => [`PT${faker.number.int({ min: 1, max: 59 })}M`] }],
  [
    'email',
    {
      samples: ({ faker }) => [faker.internet.exampleEmail().toLowerCase(), 'a@b.co'],
      grows: true,
    },
  ],
  [
    'idn-email',
    {
      samples: ({ faker }) => [faker.internet.exampleEmail().toLowerCase(), 'a@b.co'],
      grows: true,
    },
  ],
  [
    'hostname',
    { samples: ({ faker }) => [`${faker.word.noun()}.example.com`, 'a.co'], grows: true },
  ],
  ['idn-hostname', { samples: ({ faker }) => [`${faker.word.noun()}.example.com`], grows: true }],
  ['ipv4', { samples: ({ faker }) => [`192.0.2.${faker.number.int({ min: 1, max: 254 })}`] }],
  ['ipv6', { samples: ({ faker }) => [`2001:db8::${faker.number.int({ min: 1, max: 9_999 })}`] }],
  ['uri', { samples: link, grows: true }],
  ['url', { samples: link, grows: true }],
  ['iri', { samples: link, grows: true }],
  ['uri-reference', { samples: path, grows: true }],
  ['iri-reference', { samples: path, grows: true }],
  ['uri-template', { samples: path, grows: true }],
  ['uuid', { samples: ({ faker }) => [faker.string.uuid()] }],
  ['json-pointer', { samples: path, grows: true }],
  ['relative-json-pointer', { samples: ({ faker }) => [`0/${faker.word.noun()}`], grows: true }],
  ['regex', { samples: ({ faker }) => [faker.word.noun()], grows: true }],
  ['byte', { samples: ({ faker }) => [btoa(faker.word.noun(6)), 'YWJj'] }],
  ['emoji', { samples: ({ faker }) => [faker.helpers.arrayElement(['😀', '👍', '🎉', '🌷'])] }],
])

function link({ faker }: SynthesisState): string[] {
  return [`https://example.com/${faker.word.noun()}`, 'https://a.co', 'a:b']
}

function path({ faker }: SynthesisState): string[] {
  return [`/${faker.word.noun()}`, '/a']
}
