import { isJsonObject } from '../protocol/index.ts'
import type { Evidence } from './evidence.ts'

type Code = 'NO_SUCH_HOST' | 'REFUSED' | 'UNREACHABLE' | 'TLS' | 'UNAUTHORIZED'

/** There is no endpoint to judge. */
export class CannotRunError extends Error {
  readonly code: Code

  constructor(code: Code, message: string) {
    super(message)
    this.name = 'CannotRunError'
    this.code = code
  }
}

/** The reason not to judge, if the first exchange shows one. */
export function whyNotToRun(evidence: Evidence): CannotRunError | undefined {
  const { exchange } = evidence
  if (!exchange) return undefined
  const { end, request, response } = exchange
  const { host, hostname, protocol } = new URL(request.url)
  if (end.how === 'failed' && !response) {
    switch (end.reason) {
      case 'dns':
        return new CannotRunError(
          'NO_SUCH_HOST',
          `There is no host "${hostname}" (${end.code}). Check the URL, and that this machine can resolve it.`,
        )
      case 'refused':
        return new CannotRunError(
          'REFUSED',
          `Nothing listens at ${host} (${end.code}). Start the server, or check host and port.`,
        )
      case 'unreachable':
        return new CannotRunError(
          'UNREACHABLE',
          `${host} cannot be reached (${end.code}). Check the network, or a firewall on the way.`,
        )
      case 'tls':
        return new CannotRunError(
          'TLS',
          `No secure connection to ${host} could be made (${end.code}). ` +
            (protocol === 'https:'
              ? 'Check the certificate and its chain; does the server speak https at all?'
              : ''),
        )
    }
  }
  const isPage = evidence.header('content-type')?.startsWith('text/html')
  if ((response?.status === 401 || response?.status === 403) && !isPage) {
    return new CannotRunError(
      'UNAUTHORIZED',
      `The endpoint refused the request with status ${response.status}${itsWords(evidence)}. ` +
        'Pass the right key with --api-key or SOUNDCHECK_API_KEY, or other headers with --header.',
    )
  }
  return undefined
}

function itsWords({ json }: Evidence): string {
  const error = isJsonObject(json) ? json['error'] : undefined
  const message = isJsonObject(error) ? error['message'] : error
  return typeof message === 'string' ? ` ("${message.slice(0, 200)}")` : ''
}

/** Why no further request is worth sending after the first; `undefined` when they are. */
export function reasonNotToGoOn({ exchange }: Evidence): string | undefined {
  if (!exchange) return undefined
  const { end, response } = exchange
  if (!response) return 'not sent: the first request got no answer'
  if (end.how === 'timeout') return 'not sent: the first answer did not end in time'
  if (end.how === 'too-large') return 'not sent: the first answer did not end'
  return undefined
}
