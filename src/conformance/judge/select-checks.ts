import picomatch from 'picomatch'
import { SoundcheckError } from '../../endpoint/index.ts'
import type { Check } from '../check/define-check.ts'

export interface Selection {
  /** Globs over ids, or names of groups; all checks, when absent. */
  readonly only?: readonly string[]
  readonly skip?: readonly string[]
}

/**
 * Selects checks by globs over their ids; of those that not every run has, the ones asked for. Globs may
 * match any that is known, since the run may be in another dialect than the one they were meant for; none
 * is left, then.
 *
 * @throws SoundcheckError for a glob that matches no check, and for a selection of which nothing was
 *   asked for: it would silently judge less than was meant.
 */
export function selectChecks(
  checks: readonly Check[],
  { only, skip }: Selection,
  asked: readonly string[] = [],
  known: readonly Check[] = checks,
): Check[] {
  const wanted = only ? matcher(only, known) : () => true
  const unwanted = skip ? matcher(skip, known) : () => false
  const selected = checks.filter(({ id }) => wanted(id) && !unwanted(id))
  const given = selected.filter(({ id, optIn }) => optIn === undefined || asked.includes(id))
  const [absent] = selected
  if (absent && given.length === 0) {
    throw new SoundcheckError('UNKNOWN_CHECK', `${absent.id} is judged only with ${absent.optIn}`)
  }
  if (!known.some(({ id }) => wanted(id) && !unwanted(id))) {
    throw new SoundcheckError('UNKNOWN_CHECK', 'no check is left: there is nothing to judge')
  }
  return given
}

function matcher(globs: readonly string[], checks: readonly Check[]): (id: string) => boolean {
  const matchers = globs.map((glob) => {
    if (glob.trim() === '') throw new SoundcheckError('UNKNOWN_CHECK', 'a glob is empty')
    const patterns = [glob, `${glob}/*`].map((each) => picomatch.makeRe(each))
    const matches = (id: string) => patterns.some((pattern) => pattern.test(id))
    if (!checks.some(({ id }) => matches(id))) {
      throw new SoundcheckError('UNKNOWN_CHECK', `"${glob}" matches no check`)
    }
    return matches
  })
  return (id) => matchers.some((matches) => matches(id))
}
