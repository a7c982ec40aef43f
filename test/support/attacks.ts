import type { Json, JsonObject } from '../../src/protocol/index.ts'
import { noise } from './noise.ts'

/** Expressions that would backtrack, conditions on the whole history, templates that repeat. */
export const SCENARIOS = [
  { when: { user: { regex: '^(a+)+$' } }, then: 'x' },
  { when: { user: { regex: '([a-z]+\\s?)*!$', flags: 'i' } }, then: 'x' },
  { when: { message: { regex: '[\\s\\S]*(x+x+)+y' } }, then: 'x' },
  { when: { system: { regex: '(.*)(.*)(.*)z{3}' } }, then: 'x' },
  { when: { toolResult: { content: { regex: '(\\d+,?)+;' } } }, then: 'x' },
  { when: { message: { regex: 'nev+er' }, nth: 3 }, then: 'x' },
  { when: { system: { regex: 'nev+er' }, toolResult: true, nth: 2 }, then: 'x' },
  { when: { user: 'echo' }, then: 'You said {{user}}. {{system}}' },
  { when: { user: { regex: 'say (.*) now' } }, then: '{{match.1}}' },
  { when: { message: { regex: '(a|b)*a(a|b){18}z' } }, then: 'x' },
  { when: { message: { regex: '\\d.{900}x' } }, then: 'x' },
]

/** Messages in which the user says something. */
export const says = (content: Json): Json[] => [{ role: 'user', content }]
const call = (id: string) => ({ id, type: 'function', function: { name: 'f', arguments: '{}' } })
const resultOf = (content: string): Json[] => [
  ...says('Hi'),
  { role: 'assistant', content: null, tool_calls: [call('c')] },
  { role: 'tool', tool_call_id: 'c', content },
]
const many = <T>(count: number, make: (i: number) => T) =>
  Array.from({ length: count }, (_, i) => make(i))
const withX = (schema: JsonObject) => ({
  type: 'object',
  required: ['x'],
  properties: { x: schema },
})
const tool = (schema: JsonObject) => ({
  tool_choice: 'required',
  tools: [{ type: 'function', function: { name: 'f', parameters: withX(schema) } }],
})
const format = (schema: JsonObject) => ({
  response_format: { type: 'json_schema', json_schema: { name: 'f', schema: withX(schema) } },
})
const thousands = (levels: number): JsonObject =>
  levels === 0 ? {} : { type: 'array', minItems: 1_000, items: thousands(levels - 1) }
const TOOL = 'tools[0].function.parameters.properties.x'
const FORMAT = 'response_format.json_schema.schema.properties.x'

/** A request, the status it gets, and what an error says is to blame. */
type Attack = readonly [request: JsonObject | string, status: number, param?: string]

/** Requests that would hang a server, or cost others dear. */
export const ATTACKS: Record<string, Attack> = {
  'a pattern of nested counts': [
    tool({ type: 'string', pattern: '((((a{900}){900}){900}){900})' }),
    400,
    `${TOOL}.pattern`,
  ],
  'a pattern of nested stars': [tool({ type: 'string', pattern: '(((((((a+)+)+)+)+)+)+)+b' }), 200],
  'a pattern that backtracks': [
    format({ type: 'string', pattern: '^(a|a)+(a|a)+[bc]?(a+)+$' }),
    200,
  ],
  'a pattern of many letters': [
    tool({ type: 'string', pattern: 'x'.repeat(1e6) }),
    400,
    `${TOOL}.pattern`,
  ],
  'many items': [tool({ type: 'array', minItems: 1e8, maxItems: 1e8 }), 400, `${TOOL}.minItems`],
  'many items in items': [format(thousands(4)), 400, `${FORMAT}.items.items.items.minItems`],
  'a long string': [format({ type: 'string', minLength: 1e9 }), 400, `${FORMAT}.minLength`],
  'many properties': [tool({ type: 'object', minProperties: 1e8 }), 400, `${TOOL}.minProperties`],
  'a large constant, often': [
    format({ type: 'array', minItems: 900, items: { const: 'x'.repeat(1e6) } }),
    400,
    `${FORMAT}.items.const`,
  ],
  'a large enum': [tool({ enum: many(200_000, (i) => i) }), 400],
  'many alternatives, often': [
    format({ type: 'array', minItems: 900, items: { anyOf: many(9_000, () => ({})) } }),
    400,
    `${FORMAT}.items.anyOf`,
  ],
  'a reference to itself, often': [
    format({
      type: 'object',
      required: many(8, (i) => `${i}`),
      additionalProperties: { $ref: '#/properties/x' },
    }),
    400,
    `${FORMAT}.additionalProperties.$ref`,
  ],
  'many messages': [{ messages: many(100_000, () => ({ role: 'user', content: 'Hi' })) }, 400],
  'more messages than OpenAI takes': [
    { messages: many(3_000, () => ({ role: 'user', content: 'Hi' })) },
    400,
    'messages',
  ],
  'a long history': [
    {
      messages: many(2_000, (i) => ({
        role: i % 2 ? 'assistant' : 'user',
        content: `${i} some words`,
      })),
    },
    200,
  ],
  'a history as long as a body may be': [
    {
      messages: many(2_000, (i) => ({
        role: i % 2 ? 'assistant' : 'user',
        content: `${i} ${'some words and more '.repeat(160)}`,
      })),
    },
    200,
  ],
  'a large image': [
    {
      messages: says([
        { type: 'text', text: 'Hi' },
        { type: 'image_url', image_url: { url: `data:image/png;base64,${'A'.repeat(6e6)}` } },
      ]),
    },
    200,
  ],
  'many quotes': [{ messages: says('"'.repeat(3e6)) }, 200],
  'many tools': [
    { tools: many(2_000, (i) => ({ type: 'function', function: { name: `f${i}` } })) },
    400,
    'tools',
  ],
  'a tool with a long name': [
    { tools: [{ type: 'function', function: { name: 'f'.repeat(1e6) } }] },
    400,
    'tools[0].function.name',
  ],
  'a long name of a model': [{ model: 'm'.repeat(1e6) }, 400, 'model'],
  'many choices': [{ n: 1e6 }, 400, 'n'],
  'long choices': [{ n: 128, messages: says(`Please repeat: ${'word '.repeat(12_000)}`) }, 200],
  'many stops': [{ stop: many(50_000, (i) => `${i}`) }, 400, 'stop'],
  'many tokens': [{ max_tokens: 1e15 }, 200],
  'deep arrays': [`{"messages":${'['.repeat(4_000_000)}`, 400],
  'deep objects': [`{"messages":${'{"a":'.repeat(900_000)}1${'}'.repeat(900_000)}}`, 400],
  'many keys': [Object.fromEntries(many(300_000, (i) => [`k${i}`, i])), 400],
  'many parts': [{ messages: says(many(200_000, () => ({ type: 'text', text: 'a' }))) }, 400],
  'a body beyond the limit': [{ messages: says('x'.repeat(10_000_000)) }, 413],
  'a long message': [{ messages: says('word '.repeat(1_000_000)) }, 400, 'messages[0].content'],
  'a message without a break': [{ messages: says('a'.repeat(1_000_000)) }, 200],
  'a message of blanks': [{ messages: says(' '.repeat(1_000_000)) }, 200],
  'a message of emoji': [{ messages: says('👩‍👩‍👧‍👦'.repeat(90_000)) }, 200],
  'questions by the thousand': [{ messages: says('what is the word '.repeat(50_000)) }, 200],
  'words to repeat by the thousand': [{ messages: says('repeat '.repeat(100_000)) }, 200],
  'a result that is deep': [{ messages: resultOf('['.repeat(900_000)) }, 200],
  'calls without results': [
    {
      messages: [
        ...says('Hi'),
        { role: 'assistant', content: null, tool_calls: many(8_000, (i) => call(`${i}`)) },
      ],
    },
    400,
    'messages',
  ],
  'what backtracks in scenarios': [{ messages: says(`${'a'.repeat(100_000)}!b`) }, 200],
  'what backtracks in a system message': [
    { messages: [{ role: 'system', content: `zz${'a'.repeat(500_000)}` }, ...says('Hi')] },
    200,
  ],
  'what backtracks in a result': [{ messages: resultOf('1,'.repeat(200_000)) }, 200],
  'what a template echoes, often': [
    { n: 128, messages: says(`echo ${'word '.repeat(10_000)}`) },
    400,
    'n',
  ],
  'what has states without end': [{ messages: says(`z${noise(50_000, 'ab')}`) }, 400, 'messages'],
  'what has large states': [
    { messages: many(100, (i) => ({ role: 'user', content: `x${noise(800, '1 ', i + 1)}` })) },
    400,
    'messages',
  ],
  'long groups': [{ messages: says(`say ${'word '.repeat(200_000)} now`) }, 400, 'messages'],
}
