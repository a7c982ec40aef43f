import picomatch from 'picomatch'
import type { Check } from '../check/define-check.ts'
import { SoundcheckError } from '../../endpoint/index.ts'

export interface Selection {
  /** Globs over ids, or names of groups; all checks, when absent. */
  readonly only?: readonly string[]
  readonly skip?: readonly string[]
}

/**
 * Selects checks by globs over their ids.
 *
 * @throws SoundcheckError for a glob that matches no check, and for a selection of none: it would
 *   silently judge less than was meant.
 */
export function selectChecks(checks: readonly Check[], { only, skip }: Selection): Check[] {
  const wanted = only ? matcher(only, checks) : () => true
  const unwanted = skip ? matcher(skip, checks) : () => false
  const selected = checks.filter(({ id }) => wanted(id) && !unwanted(id))
  if (selected.length === 0) {
    throw new SoundcheckError('UNKNOWN_CHECK', 'every check is skipped: there is nothing to judge')
  }
  return selected
}

function matcher(globs: readonly string[], checks: readonly Check[]): (id: string) => boolean {
  const matchers = globs.map((glob) => {
    if (glob.trim() === '') throw new SoundcheckError('UNKNOWN_CHECK', 'a glob is empty')
    const matches = picomatch([glob, `${glob}/*`])
    if (!checks.some(({ id }) => matches(id))) {
      throw new SoundcheckError('UNKNOWN_CHECK', `"${glob}" matches no check`)
    }
    return matches
  })
  return (id) => matchers.some((matches) => matches(id))
}
