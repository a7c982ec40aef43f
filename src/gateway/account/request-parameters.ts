import type { ChatRequest } from '../../protocol/index.ts'

/** What a request asks for beside an answer to its messages, as far as it says so. */
export interface RequestParameters {
  readonly maxTokens?: number
  readonly temperature?: number
  readonly topP?: number
  readonly seed?: number
  readonly stop?: readonly string[]
  readonly choices?: number
}

/** Reads the parameters of a request; platforms send -1 for no limit of tokens. */
export function requestParameters(request: ChatRequest): RequestParameters {
  const { max_completion_tokens, max_tokens, temperature, top_p, stop, n } = request
  const seed = 'seed' in request ? request.seed : undefined
  const maxTokens = max_completion_tokens ?? max_tokens
  return {
    ...(typeof maxTokens === 'number' && maxTokens > 0 && { maxTokens }),
    ...(typeof temperature === 'number' && { temperature }),
    ...(typeof top_p === 'number' && { topP: top_p }),
    ...(typeof seed === 'number' && { seed }),
    ...(stop && { stop: typeof stop === 'string' ? [stop] : stop }),
    ...(typeof n === 'number' && { choices: n }),
  }
}
