import { defineProfile } from './define-profile.ts'

/** The requests in `fixtures/requests` are those of ElevenLabs, and the severities of checks mean its agents. */
export default defineProfile({
  id: 'elevenlabs',
  platform: 'ElevenLabs Agents',
  source: 'https://elevenlabs.io/docs/agents-platform/customization/llm/custom-llm',
  url: 'base',
  omits: [],
  extraBodyIn: 'elevenlabs_extra_body',
  skips: {},
  severities: {},
  inDialect: {
    responses: {
      // Its documentation wants it; whether it waits for it is not known.
      severities: {
        'sse/done': 'warning',
        // It shows two events, with a type and a delta, or the id and status of the response.
        'events/content-index': 'warning',
        'events/item-added-missing': 'warning',
        'events/item-id-missing': 'warning',
        'events/output-index-missing': 'warning',
        'events/response-envelope': 'warning',
      },
    },
  },
})
