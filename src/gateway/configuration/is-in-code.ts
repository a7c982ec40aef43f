import type { UpstreamInCode } from './gateway-config.ts'

/** Whether something is a model, or anything that answers as one, and no description of it. */
export function isInCode(upstream: unknown): upstream is UpstreamInCode {
  if (typeof upstream !== 'object' || upstream === null) return false
  return ['doStream', 'ask', 'languageModel'].some((name) => name in upstream)
}
