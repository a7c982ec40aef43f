import { type HttpProxy, isForwarded } from '../wire/index.ts'

/** What a proxy answers itself that may not lead, or cannot, to the server. */
const OF_PROXIES = [403, 502, 503, 504]

/** Says that an answer may be that of a proxy, where it was handed the request and can have refused it. */
export function doubtOfProxy(
  url: string,
  status: number | undefined,
  proxy: Pick<HttpProxy, 'url' | 'from'> | undefined,
): string | undefined {
  if (!proxy || status === undefined || !OF_PROXIES.includes(status)) return undefined
  if (!URL.canParse(url) || !isForwarded(new URL(url))) return undefined
  return `status ${status} may come from the proxy ${proxy.url} (${proxy.from}), and not from the endpoint: --no-proxy asks without it`
}
