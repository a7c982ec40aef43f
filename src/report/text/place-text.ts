import type { Finding } from '../../conformance/index.ts'
import { escapeText } from '../../wire/index.ts'

/** Where a finding is: its exchange, event, bytes and time, as far as they are known. */
export function placeText({ exchange, event, bytes, atMs }: Finding, hideExchange = false): string {
  return [
    ...(hideExchange ? [] : [escapeText(exchange)]),
    ...(event === null ? [] : [`event ${event}`]),
    ...(bytes === null ? [] : [`bytes ${bytes.join('-')}`]),
    ...(atMs === null ? [] : [`+${Math.round(atMs)} ms`]),
  ].join(', ')
}

/** How often a finding was seen; nothing for once. */
export function timesText({ count }: Finding): string {
  return count > 1 ? ` (${count} times)` : ''
}
