import type { Dialect } from '../../protocol/index.ts'
import type { Profile } from './define-profile.ts'

/** A profile as it is where its platform asks in a dialect. */
export function profileIn(profile: Profile, { id }: Dialect): Profile {
  return { ...profile, ...profile.inDialect?.[id] }
}

/** Whether the platform of a profile asks in a dialect at all. */
export function asksIn({ dialects }: Profile, { id }: Dialect): boolean {
  return dialects === undefined || dialects.includes(id)
}
