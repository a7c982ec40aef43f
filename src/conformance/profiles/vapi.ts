import type { JsonObject } from '../../protocol/index.ts'
import { defineProfile } from './define-profile.ts'

const ORGANIZATION = '6d0b7a52-3c1e-4f0a-9a51-2f8f6d3b9c10'
const ASSISTANT = '0f3c9b7e-52a4-4d7e-8c55-91b0f4a6d211'
const NUMBER = 'b1a6e0d4-7f2c-4c86-9d0e-5e3a8c1f7a32'
const SINCE = '2026-11-02T09:00:00.000Z'
const CALLED = '2026-11-20T10:15:30.000Z'
const CALLER: JsonObject = { number: '+15550100', name: 'Sam' }

/** The call of a conversation, as Vapi's API shows one in progress. */
function callOf(conversation: string): JsonObject {
  return {
    id: conversation,
    orgId: ORGANIZATION,
    createdAt: CALLED,
    updatedAt: CALLED,
    type: 'inboundPhoneCall',
    status: 'in-progress',
    assistantId: ASSISTANT,
    assistantOverrides: { variableValues: {} },
    phoneNumberId: NUMBER,
    phoneCallProvider: 'twilio',
    phoneCallProviderId: 'soundcheck-no-twilio-call',
    phoneCallTransport: 'pstn',
    customer: CALLER,
    monitor: {
      listenUrl: `wss://vapi.example/${conversation}/listen`,
      controlUrl: `https://vapi.example/${conversation}/control`,
    },
  }
}

const PHONE_NUMBER: JsonObject = {
  id: NUMBER,
  orgId: ORGANIZATION,
  assistantId: ASSISTANT,
  number: '+15550199',
  createdAt: SINCE,
  updatedAt: SINCE,
  twilioAccountSid: 'soundcheck-no-account',
  twilioAuthToken: 'soundcheck-no-token',
  name: 'Roastery',
  provider: 'twilio',
  status: 'active',
}

/**
 * With `metadataSendMode: variable`, its default, each request tells of the call.
 *
 * Typed endpoints require whole objects, both limits of the model, and text in every message: blank
 * beside tool calls.
 */
export default defineProfile({
  id: 'vapi',
  platform: 'Vapi',
  source: 'https://docs.vapi.ai/customization/custom-llm/using-your-server',
  url: 'base',
  omits: ['extra-body', 'user-id', 'unlimited-tokens', 'content-null'],
  sends: (conversation) => ({
    members: {
      // `maxTokens` and `temperature` of its models, by default.
      max_tokens: 250,
      temperature: 0,
      call: callOf(conversation),
      phoneNumber: PHONE_NUMBER,
      customer: CALLER,
      metadata: { purpose: 'soundcheck' },
    },
  }),
  // The metadata of the assistant.
  extraBodyIn: 'metadata',
  includes: ['request/platform-fields'],
  skips: {
    'request/elevenlabs-fields': 'only ElevenLabs adds these',
    'request/max-tokens-unlimited': 'only ElevenLabs sends this',
    'request/content-null': 'each of its messages has text',
  },
  severities: {},
  dialects: ['chat'],
  // `timeoutSeconds`, by default.
  limits: { cascadeMs: 20_000 },
})
