import { defineProfile } from './define-profile.ts'

/** With `metadataSendMode: variable`, its default, each request tells of the call. */
export default defineProfile({
  id: 'vapi',
  platform: 'Vapi',
  source: 'https://docs.vapi.ai/customization/custom-llm/using-your-server',
  url: 'base',
  omits: ['extra-body', 'user-id', 'unlimited-tokens'],
  sends: (conversation) => ({
    members: {
      call: { id: conversation, type: 'inboundPhoneCall' },
      phoneNumber: { number: '+15550199' },
      customer: { number: '+15550100' },
      metadata: { purpose: 'soundcheck' },
    },
  }),
  includes: ['request/platform-fields'],
  skips: {
    'request/elevenlabs-fields': 'only ElevenLabs adds these',
    'request/max-tokens-unlimited': 'only ElevenLabs sends this',
  },
  severities: {},
  // `timeoutSeconds`, by default.
  limits: { cascadeMs: 20_000 },
})
