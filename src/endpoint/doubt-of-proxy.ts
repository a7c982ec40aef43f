import { type HttpProxy, isForwarded } from '../../wire/index.ts'
import type { Evidence } from '../evidence/evidence.ts'

/** What a proxy answers itself that may not lead, or cannot, to the server. */
const OF_PROXIES = [403, 502, 503, 504]

/** Says that an answer may be that of a proxy, where it was handed the request and can have refused it. */
export function doubtOfProxy(
  { exchange }: Evidence,
  proxy: HttpProxy | undefined,
): string | undefined {
  const { request, response } = exchange ?? {}
  if (!proxy || !request || !isForwarded(new URL(request.url))) return undefined
  if (!response || !OF_PROXIES.includes(response.status)) return undefined
  return `status ${response.status} may come from the proxy ${proxy.url} (${proxy.from}), and not from the endpoint: --no-proxy asks without it`
}
