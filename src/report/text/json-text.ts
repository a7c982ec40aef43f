import { escapeJson } from '../../wire/index.ts'

/** A value as JSON, which holds nothing unsafe in a terminal or a log, and is read as the same value. */
export function jsonText(value: unknown, indent = 0): string {
  return `${escapeJson(JSON.stringify(value, null, indent))}\n`
}
