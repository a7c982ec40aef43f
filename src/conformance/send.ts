import { type Exchange, type Header, type HttpRequest } from '../wire/index.ts'
import { record, type RecordOptions } from '../wire/node.ts'
import { InvalidOptionError } from './invalid-option.ts'
import type { CheckOptions } from './check-endpoint.ts'
import { asksForStream, type Probe, type ProbeRequest, type Send } from './probe.ts'
import { TOOL } from './tool.ts'

const DEFAULT_TIMEOUT_MS = 20_000
/** Within a chunk, a line break would be escaped: this can only be an event. */
const TERMINATOR = /[\r\n]data: ?\[DONE\]/

/**
 * Makes the function through which a probe sends; every exchange is handed on when it is over.
 *
 * `options.url` is the whole URL of the endpoint by now.
 */
export function sender(
  probe: Probe,
  options: CheckOptions,
  onExchange: (exchange: Exchange) => void,
): Send {
  return async (request) => {
    const exchange = await recordOrExplain(toHttpRequest(request, options), {
      probe: probe.id,
      timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      ...(asksForStream(probe.id) ? { terminator: TERMINATOR } : {}),
      ...(options.signal ? { signal: options.signal } : {}),
    })
    onExchange(exchange)
    return exchange
  }
}

async function recordOrExplain(request: HttpRequest, options: RecordOptions): Promise<Exchange> {
  try {
    return await record(request, options)
  } catch (error) {
    throw new InvalidOptionError(
      `the request cannot be sent: ${(error as Error).message}; check the --header options`,
    )
  }
}

function toHttpRequest(request: ProbeRequest, options: CheckOptions): HttpRequest {
  const { method = 'POST', body, headers = [] } = request
  const sent = body && options.model !== undefined ? { ...body, model: options.model } : body
  const own: Header[] = [['user-agent', `${TOOL.name}/${TOOL.version}`]]
  if (sent) own.push(['content-type', 'application/json'])
  if (options.apiKey !== undefined) own.push(['authorization', `Bearer ${options.apiKey}`])
  return {
    method,
    url: options.url,
    headers: [...own, ...headers, ...(options.headers ?? [])],
    body: sent ? JSON.stringify(sent) : null,
  }
}
