import type { ApiError } from '../protocol/index.ts'

/** A request for a model that is not configured. */
export function noSuchModel(name: string, known: readonly string[]): ApiError {
  return {
    status: 404,
    message: `There is no model "${name}" here. Ask for ${known.map((each) => `"${each}"`).join(' or ')}.`,
    param: 'model',
    code: 'model_not_found',
  }
}

/** A request for a model that a key may not ask for. */
export function notAllowed(name: string): ApiError {
  return {
    status: 403,
    message: `The API key may not ask for the model "${name}".`,
    param: 'model',
    code: 'model_not_allowed',
  }
}
