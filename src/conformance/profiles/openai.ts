import { defineProfile } from './define-profile.ts'

const READ = 'a reply of an API may be read, not heard'

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
    'voice/buffer-words': READ,
    'voice/code-or-table': READ,
    'voice/digits': READ,
    'voice/emoji': READ,
    'voice/leading-whitespace': READ,
    'voice/leftovers': READ,
    'voice/markdown': READ,
    'voice/url': READ,
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
})
