import type { JsonObject } from '../../protocol/index.ts'
import type { Header } from '../../wire/index.ts'
import type { Limits } from '../check/limits.ts'
import type { Severity } from '../check/severity.ts'
import type { FeatureId } from '../checks/request/features.ts'

export const PROFILE_IDS = [
  'elevenlabs',
  'openai',
  'vapi',
  'hume',
  'livekit',
  'pipecat',
  'ai-sdk',
  'openresponses',
] as const

export type ProfileId = (typeof PROFILE_IDS)[number]

/** What a platform adds to each request. */
interface Extras {
  /** Members of the body; those that the request has win. */
  readonly members?: JsonObject
  readonly headers?: readonly Header[]
  readonly query?: Readonly<Record<string, string>>
}

/** Who asks: what a platform sends, and what it makes of the answers. */
export interface Profile {
  readonly id: ProfileId
  /** The platform, as messages name it. */
  readonly platform: string
  /** Where its behaviour is described. */
  readonly source: string
  /** Whether `/chat/completions` is appended to its server URL, or must be part of it. */
  readonly url: 'base' | 'whole'
  /** What other platforms send, and this one never does. */
  readonly omits: readonly FeatureId[]
  /** What it adds to the requests of a conversation. */
  readonly sends?: (conversation: string) => Extras
  /** Puts the request, in the words of chat completions, as it does where there are several ways. */
  readonly puts?: (request: JsonObject) => JsonObject
  /** The member of a request that holds what its users want to be sent along; the request itself when absent. */
  readonly extraBodyIn?: string
  /** Checks that only its kind of run has. */
  readonly includes?: readonly string[]
  /** Checks that do not apply, by id or group, and why. */
  readonly skips: Readonly<Record<string, string>>
  /** Severities that differ. Findings are never worse than that. */
  readonly severities: Readonly<Record<string, Severity>>
  /** Times that differ. */
  readonly limits?: Partial<Limits>
  /** The dialects in which it asks, by their ids; every one when absent. */
  readonly dialects?: readonly string[]
  /** What is otherwise where it asks in some dialect, by its id; what is given replaces the common one. */
  readonly inDialect?: Readonly<Record<string, Manners>>
}

/** What may be otherwise in a dialect. */
type Manners = Partial<
  Pick<Profile, 'source' | 'sends' | 'puts' | 'includes' | 'skips' | 'severities'>
>

export function defineProfile(profile: Profile): Profile {
  return profile
}
