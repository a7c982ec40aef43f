import { SoundcheckError } from '../../endpoint/index.ts'
import type { Dialect } from '../../protocol/index.ts'
import type { Profile } from './define-profile.ts'

/**
 * A profile as it is where its platform asks in a dialect.
 *
 * @throws SoundcheckError where the platform never does.
 */
export function profileIn(profile: Profile, { id, title, path }: Dialect): Profile {
  if (asksIn(profile, { id })) return { ...profile, ...profile.inDialect?.[id] }
  throw new SoundcheckError(
    'INVALID_INPUT',
    `${profile.platform} does not ask at ${path} (${title}); choose another profile`,
  )
}

/** Whether the platform of a profile asks in a dialect at all. */
export function asksIn({ dialects }: Profile, { id }: Pick<Dialect, 'id'>): boolean {
  return dialects === undefined || dialects.includes(id)
}
