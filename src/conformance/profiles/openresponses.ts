import { defineProfile } from './define-profile.ts'
import { NOT_HEARD } from './not-heard.ts'

/** Clients of the Open Responses specification, which asks for more than OpenAI's own API does. */
export default defineProfile({
  id: 'openresponses',
  platform: 'clients of Open Responses',
  source: 'https://www.openresponses.org/specification',
  url: 'base',
  dialects: ['responses'],
  omits: ['extra-body', 'user-id', 'unlimited-tokens'],
  skips: {
    'request/elevenlabs-fields': 'only ElevenLabs adds these',
    'request/max-tokens-unlimited': 'only ElevenLabs sends this',
    ...NOT_HEARD,
  },
  // It demands the one, and forbids the other.
  severities: { 'sse/done': 'warning', 'sse/id-retry-fields': 'warning' },
})
