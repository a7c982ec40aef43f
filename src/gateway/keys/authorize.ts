import { errorReply } from '../../protocol/index.ts'
import type { Reply } from '../../wire/index.ts'
import type { FindKey, LimitedKeyHolder } from './find-key.ts'

/** Finds out who asks, or why nobody may who does not say so; the answer never repeats what was sent. */
export async function authorize(
  authorization: string | undefined,
  findKey: FindKey,
): Promise<{ readonly holder: LimitedKeyHolder } | { readonly refusal: Reply }> {
  const token = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1]
  if (token === undefined) {
    return { refusal: refusal('No API key was sent. Send it as "Authorization: Bearer <key>".') }
  }
  const holder = await findKey(token)
  return holder ? { holder } : { refusal: refusal('The API key that was sent is not known here.') }
}

function refusal(message: string): Reply {
  return errorReply({
    status: 401,
    message,
    code: 'invalid_api_key',
    headers: [['www-authenticate', 'Bearer']],
  })
}
