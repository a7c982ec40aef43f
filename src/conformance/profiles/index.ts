import { SoundcheckError } from '../../endpoint/index.ts'
import type { Profile, ProfileId } from './define-profile.ts'
import elevenlabs from './elevenlabs.ts'
import hume from './hume.ts'
import livekit from './livekit.ts'
import openai from './openai.ts'
import aiSdk from './ai-sdk.ts'
import openresponses from './openresponses.ts'
import pipecat from './pipecat.ts'
import vapi from './vapi.ts'

/** All profiles, the default first. */
export const profiles: readonly Profile[] = [
  elevenlabs,
  openai,
  vapi,
  hume,
  livekit,
  pipecat,
  aiSdk,
  openresponses,
]

/**
 * Finds a profile.
 *
 * @throws SoundcheckError for a name that none has.
 */
export function findProfile(id: ProfileId = 'elevenlabs'): Profile {
  const found = profiles.find((profile) => profile.id === id)
  if (found) return found
  const known = profiles.map((profile) => profile.id).join(', ')
  throw new SoundcheckError('INVALID_INPUT', `there is no profile "${id}"; choose ${known}`)
}
