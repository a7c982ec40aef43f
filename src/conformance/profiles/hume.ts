import { defineProfile } from './define-profile.ts'

/** Posts to the URL as it is, and names the session in its query. */
export default defineProfile({
  id: 'hume',
  platform: 'Hume EVI',
  source: 'https://dev.hume.ai/docs/speech-to-speech-evi/guides/custom-language-model',
  url: 'whole',
  omits: ['extra-body', 'user-id', 'unlimited-tokens'],
  sends: (conversation) => ({ query: { custom_session_id: conversation } }),
  skips: {
    'request/elevenlabs-fields': 'only ElevenLabs adds these',
    'request/max-tokens-unlimited': 'only ElevenLabs sends this',
  },
  severities: {},
  dialects: ['chat'],
})
