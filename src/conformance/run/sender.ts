import type { Exchange, Header, HttpRequest } from '../../wire/index.ts'
import { record } from '../../wire/node.ts'
import { asksForStream, type Probe, type ProbeRequest, type Send } from '../probes/define-probe.ts'
import { SoundcheckError } from '../soundcheck-error.ts'
import { TOOL } from '../tool.ts'
import type { Target } from './resolve-target.ts'

/** Within a chunk, a line break would be escaped: this can only be an event. */
const TERMINATOR = /[\r\n]data: ?\[DONE\]/

/**
 * Makes the function through which a probe sends; every exchange is handed on when it is over.
 *
 * It rejects with a SoundcheckError for a request that HTTP cannot carry.
 */
export function sender(
  probe: Probe,
  target: Target,
  signal: AbortSignal | undefined,
  onExchange: (exchange: Exchange) => void,
): Send {
  let count = 0
  return async (request) => {
    count += 1
    const exchange = await record(toHttpRequest(request, target), {
      id: `${probe.id}-${count}`,
      probe: probe.id,
      timeoutMs: target.timeoutMs,
      ...(asksForStream(probe.id) && { terminator: TERMINATOR }),
      ...(signal && { signal }),
    }).catch((error: Error) => {
      throw new SoundcheckError('INVALID_INPUT', `the request cannot be sent: ${error.message}`)
    })
    onExchange(exchange)
    return exchange
  }
}

function toHttpRequest(
  request: ProbeRequest,
  { url, apiKey, model, headers }: Target,
): HttpRequest {
  const { method = 'POST', body } = request
  const own: Header[] = [['user-agent', `${TOOL.name}/${TOOL.version}`]]
  if (body) own.push(['content-type', 'application/json'])
  if (apiKey !== undefined) own.push(['authorization', `Bearer ${apiKey}`])
  const sent = body && model !== undefined ? { ...body, model } : body
  return {
    method,
    url,
    headers: [...own, ...(request.headers ?? [])]
      .filter(([name]) => !has(headers, name))
      .concat(headers),
    body: sent ? JSON.stringify(sent) : null,
  }
}

function has(headers: readonly Header[], name: string): boolean {
  return headers.some(([given]) => given.toLowerCase() === name.toLowerCase())
}
