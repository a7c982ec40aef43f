import { createOpenAICompatible } from 'openai-compatible7'

/** The language model that is asked by all who ask one. */
export function modelAt(upstream: string) {
  return createOpenAICompatible({
    name: 'upstream',
    baseURL: `${upstream}/v1`,
    // Who is not told has to count.
    includeUsage: true,
  }).chatModel('custom-model')
}
