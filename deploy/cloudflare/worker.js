import { env } from 'cloudflare:workers'
import { customLlm } from 'llm-soundcheck/gateway'

export default {
  fetch: customLlm({
    model: {
      url: env.OPENAI_BASE_URL ?? 'https://api.openai.com/v1',
      model: 'gpt-5-mini',
      apiKey: env.OPENAI_API_KEY,
    },
    // Without one, nobody is let in.
    apiKey: env.SOUNDCHECK_API_KEY,
    bufferWords: { afterMs: 900 },
  }),
}
