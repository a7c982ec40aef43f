import picomatch from 'picomatch'
import type { Check } from './check.ts'
import { InvalidOptionError } from './invalid-option.ts'

export interface Selection {
  /** Globs over ids; all checks, when absent. */
  readonly only?: readonly string[]
  readonly skip?: readonly string[]
}

/**
 * Chooses checks by globs over their ids.
 *
 * @throws InvalidOptionError for a glob that names no check: it would silently judge less than was meant.
 */
export function selectChecks(checks: readonly Check[], { only, skip }: Selection): Check[] {
  for (const glob of [...(only ?? []), ...(skip ?? [])]) {
    const matches = picomatch(glob)
    if (!checks.some(({ id }) => matches(id))) {
      throw new InvalidOptionError(
        `"${glob}" matches no check; see "soundcheck checks" for their ids`,
      )
    }
  }
  const wanted = picomatch([...(only ?? ['**'])])
  const unwanted = skip?.length ? picomatch([...skip]) : () => false
  return checks.filter(({ id }) => wanted(id) && !unwanted(id))
}
