import { API_TYPES, type ApiType, dialectOfType } from '../../protocol/index.ts'
import type { ProfileId } from '../profiles/define-profile.ts'
import { findProfile } from '../profiles/index.ts'
import { asksIn } from '../profiles/profile-in.ts'

/**
 * What a platform is taken to ask where nothing tells: chat completions, unless it never asks for these.
 *
 * @throws SoundcheckError for a profile that does not exist.
 */
export function usualApiType(id?: ProfileId): ApiType {
  const profile = findProfile(id)
  return API_TYPES.find((type) => asksIn(profile, dialectOfType(type)))!
}
