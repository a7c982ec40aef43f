import { type ApiType, apiTypeAt, dialectOfType } from './api-type.ts'
import type { Dialect } from './dialect.ts'

/**
 * In which dialect to ask: the one whose path ends the server URL, else the one that was asked for, else
 * chat completions. `undefined` where both are told, and differ.
 */
export function dialectFor(serverUrl: string, apiType?: ApiType): Dialect | undefined {
  const told = apiTypeAt(serverUrl)
  if (told && apiType && told !== apiType) return undefined
  return dialectOfType(told ?? apiType ?? 'chat_completions')
}
