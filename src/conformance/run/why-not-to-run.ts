import { doubtOfProxy, SoundcheckError, whyUnreachable } from '../../endpoint/index.ts'
import type { Evidence } from '../evidence/evidence.ts'
import { clip, type HttpProxy } from '../../wire/index.ts'

/** The reason not to judge at all, if the first exchange shows one: there is no endpoint. */
export function whyNotToRun(
  evidence: Evidence,
  redact: (text: string) => string,
  proxy?: HttpProxy,
): SoundcheckError | undefined {
  const { exchange, errorText, contentType } = evidence
  if (!exchange) return undefined
  const { response } = exchange
  // A page with this status is a firewall's, and a finding.
  if ((response?.status === 401 || response?.status === 403) && contentType !== 'text/html') {
    const doubt = doubtOfProxy(exchange.request.url, response?.status, proxy)
    const words = errorText === undefined ? '' : `: ${clip(redact(errorText), 200)}`
    return new SoundcheckError(
      'UNAUTHORIZED',
      `The endpoint refused the request with status ${response.status}${words}.${doubt === undefined ? '' : ` But ${doubt}.`}`,
    )
  }
  return whyUnreachable(exchange, proxy)
}
