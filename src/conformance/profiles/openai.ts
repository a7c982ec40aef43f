import { defineProfile } from './define-profile.ts'
import { NOT_HEARD } from './not-heard.ts'

/** Typed clients of OpenAI's API: whatever its specification says of a chunk must hold. */
export default defineProfile({
  id: 'openai',
  platform: 'clients of the OpenAI API',
  source: 'https://platform.openai.com/docs/api-reference/chat-streaming',
  url: 'base',
  omits: ['extra-body', 'user-id', 'unlimited-tokens'],
  includes: ['chunk/openai-schema'],
  skips: {
    'request/elevenlabs-fields': 'only ElevenLabs adds these',
    'request/max-tokens-unlimited': 'only ElevenLabs sends this',
    ...NOT_HEARD,
  },
  severities: {
    'chunk/choices-present': 'error',
    'chunk/created-integer': 'error',
    'chunk/envelope-fields': 'error',
    'chunk/usage-shape': 'error',
    'stream/finish-reason-value': 'error',
    'stream/include-usage': 'warning',
    'tools/type': 'error',
    'transport/stream-unasked': 'warning',
  },
  inDialect: {
    responses: {
      source: 'https://platform.openai.com/docs/api-reference/responses-streaming',
      // Its own streams do not match its own specification: no schema is held against events.
      includes: ['state/retrieve', 'state/store-false-not-kept', 'state/delete'],
      severities: { 'transport/stream-unasked': 'warning' },
    },
  },
})
