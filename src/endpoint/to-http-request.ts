import type { Header, HttpRequest } from '../wire/index.ts'
import { TOOL } from './tool.ts'
import type { Target } from './resolve-target.ts'

/** One HTTP request to an endpoint; what is left out is as a platform would send it. */
export interface EndpointRequest {
  readonly method?: string
  /** The list of models, instead of completions. */
  readonly path?: 'models'
  /** Text is sent as it is; a chat request with the model of the run, in the words of the dialect. */
  readonly body?: object | string
  /** Instead of the model of the run. */
  readonly model?: string
  /** The body is in the words of the dialect already. */
  readonly inOwnWords?: true
  /** What is asked for, below the path of the dialect: one of its answers. */
  readonly below?: string
  readonly headers?: readonly Header[]
  /** Added to that of the URL. */
  readonly query?: Readonly<Record<string, string>>
  /** Instead of the key of the run. */
  readonly apiKey?: string
}

/** Addresses a request: adds where it goes, the key, the model and the user's headers. */
export function toHttpRequest(request: EndpointRequest, target: Target): HttpRequest {
  const { method = 'POST', path } = request
  const { headers } = target
  const apiKey = request.apiKey ?? target.apiKey
  const own: Header[] = [['user-agent', `${TOOL.name}/${TOOL.version}`]]
  if (request.body !== undefined) own.push(['content-type', 'application/json'])
  if (apiKey !== undefined) own.push(['authorization', `Bearer ${apiKey}`])
  return {
    method,
    url: path === 'models' ? target.modelsUrl : urlOf(request, target),
    headers: [...own, ...(request.headers ?? [])]
      .filter(([name]) => !has(headers, name))
      .concat(headers),
    body: toText(request, target),
  }
}

function urlOf({ below, query }: EndpointRequest, target: Target): string {
  if (!query && below === undefined) return target.url
  const url = new URL(target.url)
  if (below !== undefined) url.pathname += `/${encodeURIComponent(below)}`
  if (!query) return url.href
  const added = new URLSearchParams(query).toString()
  url.search = url.search === '' ? added : `${url.search}&${added}`
  return url.href
}

function toText(request: EndpointRequest, { form, ...target }: Target): string | null {
  const { body, inOwnWords, model = target.model } = request
  if (body === undefined) return null
  if (typeof body === 'string') return body
  const asked = model === undefined ? body : { ...body, model }
  return JSON.stringify(inOwnWords ? asked : form.makeRequest(asked))
}

function has(headers: readonly Header[], name: string): boolean {
  return headers.some(([given]) => given.toLowerCase() === name.toLowerCase())
}
