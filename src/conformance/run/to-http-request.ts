import type { Header, HttpRequest } from '../../wire/index.ts'
import type { ProbeRequest } from '../probes/define-probe.ts'
import { TOOL } from '../tool.ts'
import type { Target } from './resolve-target.ts'

/** Makes the HTTP request of a probe: adds where it goes, the key, the model and the user's headers. */
export function toHttpRequest(request: ProbeRequest, target: Target): HttpRequest {
  const { method = 'POST', path, body } = request
  const { model, headers } = target
  const apiKey = request.apiKey ?? target.apiKey
  const own: Header[] = [['user-agent', `${TOOL.name}/${TOOL.version}`]]
  if (body !== undefined) own.push(['content-type', 'application/json'])
  if (apiKey !== undefined) own.push(['authorization', `Bearer ${apiKey}`])
  return {
    method,
    url: path === 'models' ? target.modelsUrl : target.url,
    headers: [...own, ...(request.headers ?? [])]
      .filter(([name]) => !has(headers, name))
      .concat(headers),
    body: toText(body, model),
  }
}

function toText(body: ProbeRequest['body'], model: string | undefined): string | null {
  if (body === undefined) return null
  if (typeof body === 'string') return body
  return JSON.stringify(model === undefined ? body : { ...body, model })
}

function has(headers: readonly Header[], name: string): boolean {
  return headers.some(([given]) => given.toLowerCase() === name.toLowerCase())
}
