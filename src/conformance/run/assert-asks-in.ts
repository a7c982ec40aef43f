import { SoundcheckError } from '../../endpoint/index.ts'
import type { Dialect } from '../../protocol/index.ts'
import type { Profile } from '../profiles/define-profile.ts'
import { asksIn } from '../profiles/profile-in.ts'

/**
 * Holds a dialect to those in which the platform asks.
 *
 * @throws SoundcheckError for one in which it never does.
 */
export function assertAsksIn(dialect: Dialect, profile: Profile): void {
  if (asksIn(profile, dialect)) return
  throw new SoundcheckError(
    'INVALID_INPUT',
    `the profile ${profile.id} (${profile.platform}) never asks at ${dialect.path} (${dialect.title}); choose another profile or another API`,
  )
}
