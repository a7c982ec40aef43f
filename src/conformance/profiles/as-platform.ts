import { isJsonObject, type JsonObject, withExtraBody } from '../../protocol/index.ts'
import { REQUEST_FEATURES } from '../checks/request/features.ts'
import type { ProbeRequest } from '../probes/define-probe.ts'
import type { ProbeId } from '../probe-ids.ts'
import type { Profile } from './define-profile.ts'
import { withSystemPrompt } from './with-system-prompt.ts'

/** What the user wants of the requests of probes. */
export interface Wishes {
  /** Sent along where the platform puts it; it wins over what a request says there. */
  readonly extraBody?: JsonObject
  /** In place of our system prompt, where a request has one. */
  readonly system?: string
}

/** A request of a probe as a platform sends it, and as the user wants it. */
export function asPlatform(
  request: ProbeRequest,
  probe: ProbeId,
  profile: Profile,
  wishes: Wishes,
): ProbeRequest {
  const { body, verbatim, inOwnWords } = request
  if (body === undefined || verbatim) return request
  const { members, headers = [], query } = profile.sends?.(conversationOf(request, probe)) ?? {}
  return {
    ...request,
    headers: [...(request.headers ?? []), ...headers],
    ...(query && { query }),
    ...(typeof body === 'object' && {
      // What is in its own words already has all that it is to have.
      body: inOwnWords
        ? sentAlong(body, profile, wishes)
        : wished({ ...members, ...withoutOmitted(body, profile) }, profile, wishes),
    }),
  }
}

function wished(body: JsonObject, profile: Profile, wishes: Wishes): JsonObject {
  const { puts = (request: JsonObject) => request } = profile
  const { system } = wishes
  const prompted = puts(system === undefined ? body : withSystemPrompt(body, system))
  return sentAlong(prompted, profile, wishes)
}

function sentAlong(body: JsonObject, { extraBodyIn }: Profile, { extraBody }: Wishes): JsonObject {
  return extraBody === undefined ? body : withExtraBody(body, extraBody, extraBodyIn)
}

function withoutOmitted(body: JsonObject, { omits }: Profile): JsonObject {
  return omits.reduce((rest, id) => {
    const { isIn, removeFrom } = REQUEST_FEATURES[id]
    return isIn(rest) ? removeFrom(rest) : rest
  }, body)
}

/** ElevenLabs' way to tell one caller from another is every platform's, in other members. */
function conversationOf({ body, name }: ProbeRequest, probe: ProbeId): string {
  const extra = isJsonObject(body) ? body['elevenlabs_extra_body'] : undefined
  const label = isJsonObject(extra) ? extra['conversation_label'] : undefined
  return typeof label === 'string'
    ? label
    : ['soundcheck', probe, ...(name === undefined ? [] : [name])].join('-')
}
