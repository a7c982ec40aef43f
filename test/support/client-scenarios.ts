import type { Scenario } from '../../src/mocks/index.ts'

const BERN_AND_ULM = ['Bern', 'Ulm'].map((city) => ({ name: 'get_weather', arguments: { city } }))

/** What the official clients are put through. */
export const CLIENT_SCENARIOS: Scenario[] = [
  { when: { user: 'hello' }, then: 'Hello there, caller. 👋🏽' },
  {
    when: { user: 'weather', toolResult: false },
    then: { calls: [{ name: 'get_weather', arguments: { city: 'Bern' } }] },
  },
  { when: { user: 'weather' }, then: 'It is {{toolResult.sky}}.' },
  { when: { user: 'both' }, then: { calls: BERN_AND_ULM, interleave: true } },
  // The official client parses a call when the next one begins.
  { when: { user: 'each' }, then: { calls: BERN_AND_ULM } },
  {
    when: { user: 'mixed', toolResult: false },
    then: {
      text: 'One moment.',
      calls: [{ name: 'get_weather', arguments: { city: 'Bern' } }],
    },
  },
  { when: { user: 'mixed' }, then: 'It is {{toolResult.sky}}.' },
  { when: { user: 'think' }, then: { reasoning: 'A greeting, then.', text: 'Good day.' } },
  { when: { user: 'person' }, then: { text: '{"name":"Ada","age":36}' } },
  {
    when: { user: 'booking', tool: 'transfer_to_Booker' },
    then: { calls: [{ name: 'transfer_to_Booker', arguments: {} }] },
  },
  { when: { user: 'booking' }, then: 'Booker here.' },
  {
    when: { user: 'several' },
    then: {
      messages: [
        { phase: 'commentary', text: 'One moment.' },
        { phase: 'final_answer', text: 'Here it is.' },
      ],
    },
  },
  { when: { user: 'unsaid' }, then: { text: 'I had', finishReason: 'content_filter' } },
  { when: { message: 'I am Ada', user: 'name' }, then: 'You are Ada.' },
  { when: { user: 'I am Ada' }, then: 'Hello, Ada.' },
  { when: { user: 'refuse' }, then: { refusal: 'I cannot help with that.' } },
  {
    when: { user: 'slow' },
    then: { text: 'one two three four five six', pacing: { ttft: 10, gap: 10_000 } },
  },
  { when: { user: 'late' }, then: { text: 'Too late.', pacing: { ttft: 10_000 } } },
  {
    when: { user: 'down', attempt: 1 },
    then: { error: { status: 503, message: 'Down.', headers: { 'retry-after-ms': '10' } } },
  },
  { when: { user: 'down' }, then: 'Up again.' },
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
