/** A provider by the package of the AI SDK that speaks to it. */
export interface Provider {
  readonly package: string
  /** What the package calls the function that makes it. */
  readonly factory: string
  /** The environment variables without which it is not let in, or other ones; a key comes first. */
  readonly credentials: readonly (readonly [string, ...string[]])[]
  /** Its base URL; nothing where that depends on the region. */
  readonly url?: string
  /** The environment variable with another base URL than its own. */
  readonly baseUrl: string
  /** Follows a base URL that is nothing but a host: the provider's own SDK takes those, the package does not. */
  readonly path?: string
}

const keyed = (
  name: string,
  factory: string,
  key: string,
  url: string,
  baseUrl = key.replace(/_API_KEY$/, '_BASE_URL'),
): Provider => ({ package: `@ai-sdk/${name}`, factory, credentials: [[key]], url, baseUrl })

/** By the names under which `--upstream` takes them. */
export const providers: Readonly<Record<string, Provider>> = {
  anthropic: {
    ...keyed('anthropic', 'createAnthropic', 'ANTHROPIC_API_KEY', 'https://api.anthropic.com/v1'),
    path: '/v1',
  },
  google: {
    ...keyed(
      'google',
      'createGoogle',
      'GOOGLE_GENERATIVE_AI_API_KEY',
      'https://generativelanguage.googleapis.com/v1beta',
    ),
    credentials: [['GOOGLE_GENERATIVE_AI_API_KEY'], ['GEMINI_API_KEY']],
  },
  'amazon-bedrock': {
    package: '@ai-sdk/amazon-bedrock',
    factory: 'createAmazonBedrock',
    credentials: [
      ['AWS_BEARER_TOKEN_BEDROCK', 'AWS_REGION'],
      ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_REGION'],
    ],
    baseUrl: 'AWS_ENDPOINT_URL_BEDROCK_RUNTIME',
  },
  mistral: keyed('mistral', 'createMistral', 'MISTRAL_API_KEY', 'https://api.mistral.ai/v1'),
  groq: keyed('groq', 'createGroq', 'GROQ_API_KEY', 'https://api.groq.com/openai/v1'),
  'openai-responses': keyed(
    'openai',
    'createOpenAI',
    'OPENAI_API_KEY',
    'https://api.openai.com/v1',
  ),
  cohere: keyed('cohere', 'createCohere', 'COHERE_API_KEY', 'https://api.cohere.com/v2'),
  xai: keyed('xai', 'createXai', 'XAI_API_KEY', 'https://api.x.ai/v1'),
  deepseek: keyed('deepseek', 'createDeepSeek', 'DEEPSEEK_API_KEY', 'https://api.deepseek.com'),
  cerebras: keyed('cerebras', 'createCerebras', 'CEREBRAS_API_KEY', 'https://api.cerebras.ai/v1'),
}
