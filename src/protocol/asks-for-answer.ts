import { type HttpRequest, pathOf } from '../wire/index.ts'
import { dialectAt } from './dialect-at.ts'
import { dialects } from './dialects.ts'

/** Whether a request asks for an answer of a model, in whichever dialect. */
export function asksForAnswer({ method, url }: Pick<HttpRequest, 'method' | 'url'>): boolean {
  return method === 'POST' && dialectAt(pathOf(url), dialects) !== undefined
}
