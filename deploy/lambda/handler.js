import { Hono } from 'hono'
import { streamHandle } from 'hono/aws-lambda'
import { customLlm } from 'llm-soundcheck/gateway'

const answer = customLlm({
  model: {
    url: process.env.OPENAI_BASE_URL ?? 'https://api.openai.com/v1',
    model: 'gpt-5-mini',
    apiKey: process.env.OPENAI_API_KEY,
  },
  // Without one, nobody is let in.
  apiKey: process.env.SOUNDCHECK_API_KEY,
  bufferWords: { afterMs: 900 },
})

export const handler = streamHandle(new Hono().all('*', ({ req }) => answer(req.raw)))
