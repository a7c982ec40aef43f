import type { FastifyRequest } from 'fastify'
import { SoundcheckError } from '../../endpoint/index.ts'
import { errorReply } from '../../protocol/index.ts'
import { isLocal, isLoopback, type Reply } from '../../wire/index.ts'
import { authorize } from '../keys/authorize.ts'
import type { LimitedKeyHolder } from '../keys/find-key.ts'
import type { ServerOptions } from './server-options.ts'

/** Who comes in, `null` where no key is needed, or why nobody does. */
export type Entry = { readonly holder: LimitedKeyHolder | null } | { readonly refusal: Reply }

/**
 * Makes what lets requests in: who bears a key; where none is needed, programs on this machine, or
 * whoever asks, if that was said.
 *
 * @throws SoundcheckError where whoever reaches the address could ask, and that was not said.
 */
export function entrance({
  host = '127.0.0.1',
  keys,
  allowAnyone = false,
  cors = [],
}: ServerOptions): (request: FastifyRequest) => Promise<Entry> {
  if (keys) return ({ headers }) => authorize(headers.authorization, keys)
  if (allowAnyone) return async () => NOBODY
  if (!isLoopback(host)) throw openToAll(host)
  return async ({ ip, hostname, headers }) => {
    const { origin = '', 'sec-fetch-site': _, ...asOfPrograms } = headers
    const shown = cors.includes(origin) ? asOfPrograms : headers
    return isLocal({ ip, hostname, headers: shown }) ? NOBODY : { refusal: NOT_LOCAL }
  }
}

const NOBODY: Entry = { holder: null }

const NOT_LOCAL = errorReply({
  status: 403,
  message:
    'Without keys, this gateway answers programs on this machine only: no browser, and nothing that comes through a proxy or a tunnel. Start it with a key, such as --api-key <key>, and send that as "Authorization: Bearer <key>".',
})

function openToAll(host: string): SoundcheckError {
  return new SoundcheckError(
    'INVALID_INPUT',
    `whoever reaches ${host} could ask, at your expense: give a key with --api-key or --keys, or say that anybody may with --allow-anyone`,
  )
}
