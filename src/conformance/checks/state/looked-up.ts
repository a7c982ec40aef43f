import { type HttpRequest, pathOf } from '../../../wire/index.ts'
import type { Evidence } from '../../evidence/evidence.ts'

const LOOKUP = /\/responses\/([^/]+)$/

/** Whether a request is about one response. */
export function isLookup({ url }: HttpRequest): boolean {
  return LOOKUP.test(pathOf(url))
}

/** The id of the response that an exchange of that name is about; `undefined` for another exchange. */
export function lookedUp({ id, exchange }: Evidence, name: string): string | undefined {
  if (!exchange || !new RegExp(`\\d-${name}$`).test(id)) return undefined
  const told = LOOKUP.exec(pathOf(exchange.request.url))?.[1]
  return told === undefined ? undefined : decodeURIComponent(told)
}
