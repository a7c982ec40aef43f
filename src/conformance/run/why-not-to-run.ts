import type { Evidence } from '../evidence/evidence.ts'
import { clip } from '../result/clip.ts'
import { SoundcheckError } from '../soundcheck-error.ts'

/** The reason not to judge at all, if the first exchange shows one: there is no endpoint. */
export function whyNotToRun(
  evidence: Evidence,
  redact: (text: string) => string,
): SoundcheckError | undefined {
  const { exchange, errorText, contentType } = evidence
  if (!exchange) return undefined
  const { end, request, response } = exchange
  const { host, hostname, protocol } = new URL(request.url)
  if (end.how === 'timeout' && exchange.connectMs === null) {
    return new SoundcheckError('UNREACHABLE', `${host} did not accept a connection in time.`)
  }
  if (end.how === 'failed' && !response) {
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
          `Could not establish a ${protocol.slice(0, -1)} connection to ${host} (${end.code}).`,
        )
    }
  }
  // A page with this status is a firewall's, and a finding.
  if ((response?.status === 401 || response?.status === 403) && contentType !== 'text/html') {
    const words = errorText === undefined ? '' : `: ${clip(redact(errorText), 200)}`
    return new SoundcheckError(
      'UNAUTHORIZED',
      `The endpoint refused the request with status ${response.status}${words}.`,
    )
  }
  return undefined
}
