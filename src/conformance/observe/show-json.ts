import type { Json } from '../../protocol/index.ts'

/** A JSON value as text; hostile ones may be nested too deeply to be written out. */
export function showJson(value: Json | undefined): string {
  try {
    return JSON.stringify(value ?? null)
  } catch {
    return '(nested too deeply to show)'
  }
}
