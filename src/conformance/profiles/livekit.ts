import { defineProfile } from './define-profile.ts'

/** An agent of LiveKit asks through OpenAI's client, which names itself in headers. */
export default defineProfile({
  id: 'livekit',
  platform: 'LiveKit Agents',
  source: 'https://docs.livekit.io/agents/models/llm/',
  url: 'base',
  omits: ['extra-body', 'user-id', 'unlimited-tokens'],
  sends: () => ({
    headers: [
      ['x-stainless-lang', 'js'],
      ['x-stainless-retry-count', '0'],
    ],
  }),
  skips: {
    'request/elevenlabs-fields': 'only ElevenLabs adds these',
    'request/max-tokens-unlimited': 'only ElevenLabs sends this',
  },
  severities: {},
  // It asks again after 10 s.
  limits: { cascadeMs: 10_000 },
  inDialect: {
    responses: {
      // It chains turns by the id of the response unless it is told not to.
      severities: { 'state/previous-response-id': 'error' },
    },
  },
})
