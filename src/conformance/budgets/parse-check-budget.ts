import picomatch from 'picomatch'
import {
  howToWrite,
  isUpper,
  type MetricBudget,
  notABudget,
  parseBudget,
} from '../../budget/index.ts'
import { type ProbeId, STREAMED_PROBES } from '../probe-ids.ts'

/** A limit on the times of replies. */
export interface CheckBudget extends Omit<MetricBudget<'check'>, 'probes'> {
  /** Whose replies count; those of all probes when absent. */
  readonly probes: readonly ProbeId[] | undefined
}

/**
 * Parses a budget and finds the probes that it is about.
 *
 * @throws SoundcheckError that says what of it cannot be understood.
 */
export function parseCheckBudget(text: string): CheckBudget {
  const { probes: glob, ...budget } = parseBudget(text, 'check')
  if (!isUpper(budget)) {
    throw notABudget(
      text.trim(),
      `check limits times from above, with < or <=; bench has other bounds, too: ${howToWrite('check')}`,
    )
  }
  return { ...budget, probes: glob === undefined ? undefined : probesLike(glob, text) }
}

function probesLike(glob: string, text: string): readonly ProbeId[] {
  const matches = picomatch(glob)
  const found = STREAMED_PROBES.filter((probe) => matches(probe))
  if (found.length > 0) return found
  throw notABudget(text, `no probe matches "${glob}"; there are ${STREAMED_PROBES.join(', ')}`)
}
