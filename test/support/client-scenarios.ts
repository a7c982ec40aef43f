import type { Scenario } from '../../src/mocks/index.ts'

/** What the official clients are put through. */
export const CLIENT_SCENARIOS: Scenario[] = [
  { when: { user: 'hello' }, then: 'Hello there, caller. 👋🏽' },
  {
    when: { user: 'weather', toolResult: false },
    then: { calls: [{ name: 'get_weather', arguments: { city: 'Bern' } }] },
  },
  { when: { user: 'weather' }, then: 'It is {{toolResult.sky}}.' },
  {
    when: { user: 'both' },
    then: {
      interleave: true,
      calls: [
        { name: 'get_weather', arguments: { city: 'Bern' } },
        { name: 'get_weather', arguments: { city: 'Ulm' } },
      ],
    },
  },
  { when: { user: 'refuse' }, then: { refusal: 'I cannot help with that.' } },
  {
    when: { user: 'slow' },
    then: { text: 'one two three four five six', pacing: { ttft: 10, gap: 10_000 } },
  },
  {
    when: { user: 'fail' },
    then: { error: { status: 400, message: 'Too long.', code: 'context_length_exceeded' } },
  },
  {
    when: { user: 'busy', attempt: 1 },
    then: {
      error: {
        status: 429,
        message: 'Slow down.',
        headers: { 'retry-after': '1', 'retry-after-ms': '10' },
      },
    },
  },
  { when: { user: 'busy' }, then: 'Here I am.' },
  {
    when: { user: 'break' },
    then: {
      text: 'One two three four.',
      error: { message: 'Overloaded.', afterTokens: 2 },
    },
  },
]

export const WEATHER: {
  readonly name: string
  readonly description: string
  readonly parameters: {
    type: 'object'
    properties: { city: { type: 'string' } }
    required: string[]
  }
} = {
  name: 'get_weather',
  description: 'Tells the weather.',
  parameters: {
    type: 'object',
    properties: { city: { type: 'string' } },
    required: ['city'],
  },
}
