import { isJsonObject, type JsonObject } from '../../protocol/index.ts'
import { REQUEST_FEATURES } from '../features/request-features.ts'
import type { ProbeId, ProbeRequest } from '../probes/define-probe.ts'
import type { Profile } from './define-profile.ts'

/** A request of a probe as a platform sends it. */
export function asPlatform(request: ProbeRequest, probe: ProbeId, profile: Profile): ProbeRequest {
  const { body, verbatim } = request
  if (body === undefined || verbatim) return request
  const { members, headers = [], query } = profile.sends?.(conversationOf(body, probe)) ?? {}
  return {
    ...request,
    headers: [...(request.headers ?? []), ...headers],
    ...(query && { query }),
    ...(isJsonObject(body) && { body: { ...members, ...withoutOmitted(body, profile) } }),
  }
}

function withoutOmitted(body: JsonObject, { omits }: Profile): JsonObject {
  return omits.reduce((rest, id) => {
    const { isIn, removeFrom } = REQUEST_FEATURES[id]
    return isIn(rest) ? removeFrom(rest) : rest
  }, body)
}

/** ElevenLabs' way to tell one caller from another is every platform's, in other members. */
function conversationOf(body: ProbeRequest['body'], probe: ProbeId): string {
  const extra = isJsonObject(body) ? body['elevenlabs_extra_body'] : undefined
  const label = isJsonObject(extra) ? extra['conversation_label'] : undefined
  return typeof label === 'string' ? label : `soundcheck-${probe}`
}
