/** What OpenTelemetry calls the providers that packages of the AI SDK name otherwise. */
const PROVIDERS = [
  ['amazon-bedrock', 'aws.bedrock'],
  ['azure', 'azure.ai.openai'],
  ['google.vertex', 'gcp.vertex_ai'],
  ['google', 'gcp.gemini'],
  ['mistral', 'mistral_ai'],
  ['xai', 'x_ai'],
  ...['anthropic', 'cohere', 'deepseek', 'groq', 'openai', 'perplexity'].map(
    (name) => [name, name] as const,
  ),
] as const

/** The name of a provider as OpenTelemetry has it: `google.generative-ai` is `gcp.gemini`; any other stays. */
export function providerName(upstream: string): string {
  const known = PROVIDERS.find(([name]) => upstream === name || upstream.startsWith(`${name}.`))
  return known?.[1] ?? upstream
}
