import { providers } from './providers.ts'

/** The environment variable in which the key of a provider is looked for first; nothing for a server. */
export function keyVariableOf(upstream: string): string | undefined {
  if (upstream === 'openai') return 'OPENAI_API_KEY'
  return Object.hasOwn(providers, upstream) ? providers[upstream]?.credentials[0]?.[0] : undefined
}
