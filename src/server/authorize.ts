import { timingSafeEqual } from 'node:crypto'
import type { Reply } from '../wire/index.ts'
import { errorReply } from '../mocks/index.ts'

/** Refuses a request without the right bearer token; the answer never repeats what was sent. */
export function authorize(authorization: string | undefined, apiKey: string): Reply | undefined {
  const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1]
  if (token !== undefined && same(token, apiKey)) return undefined
  return errorReply({
    status: 401,
    message:
      token === undefined
        ? 'No API key was sent. Send it as "Authorization: Bearer <key>".'
        : 'The API key that was sent is not the one this server was started with.',
    code: 'invalid_api_key',
    headers: [['www-authenticate', 'Bearer']],
  })
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
