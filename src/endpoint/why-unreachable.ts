import type { Exchange } from '../wire/index.ts'
import { SoundcheckError } from './soundcheck-error.ts'

/** The reason why there was no endpoint to talk to, if an exchange shows one. */
export function whyUnreachable({
  connectMs,
  end,
  request,
  response,
}: Exchange): SoundcheckError | undefined {
  const { host, hostname, protocol } = new URL(request.url)
  if (end.how === 'timeout' && connectMs === null) {
    return new SoundcheckError('UNREACHABLE', `${host} did not accept a connection in time.`)
  }
  if (end.how !== 'failed' || response) return undefined
  switch (end.reason) {
    case 'dns':
      return new SoundcheckError('HOST_NOT_FOUND', `Host not found: ${hostname} (${end.code}).`)
    case 'refused':
      return new SoundcheckError(
        'CONNECTION_REFUSED',
        `Nothing is listening on ${host} (${end.code}).`,
      )
    case 'unreachable':
      return new SoundcheckError('UNREACHABLE', `${host} cannot be reached (${end.code}).`)
    case 'tls':
      return new SoundcheckError(
        'TLS',
        end.code === 'ERR_TLS_HANDSHAKE_TIMEOUT'
          ? `${host} accepted the connection, but did not answer the TLS handshake within ${Math.round(end.atMs)} ms.`
          : `Could not establish a ${protocol.slice(0, -1)} connection to ${host} (${end.code}).`,
      )
    default:
      return undefined
  }
}
