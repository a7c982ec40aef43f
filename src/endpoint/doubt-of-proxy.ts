import { type HttpProxy, isForwarded } from '../wire/index.ts'

/** What a proxy answers itself that may not lead, or cannot, to the server. */
const OF_PROXIES = [403, 502, 503, 504]

/**
 * Says that an answer may be that of a proxy, where it was handed the request and can have refused it;
 * the same of no answer, where there is no status.
 */
export function doubtOfProxy(
  url: string,
  status: number | undefined,
  proxy: Pick<HttpProxy, 'url' | 'from'> | undefined,
): string | undefined {
  if (!proxy || !URL.canParse(url) || !isForwarded(new URL(url))) return undefined
  const named = `the proxy ${proxy.url} (${proxy.from}), and not`
  if (status === undefined) {
    return `that no answer came may be due to ${named} to the endpoint: --no-proxy asks without it`
  }
  if (!OF_PROXIES.includes(status)) return undefined
  return `status ${status} may come from ${named} from the endpoint: --no-proxy asks without it`
}
