import { SoundcheckError } from '../endpoint/index.ts'

/** The error of a text that is no budget, or none that a command can judge. */
export function notABudget(text: string, reason: string): SoundcheckError {
  return new SoundcheckError('INVALID_INPUT', `"${text}" is not a budget: ${reason}`)
}
