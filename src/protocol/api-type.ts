import { chat } from './chat/chat.ts'
import { dialectAt } from './dialect-at.ts'
import type { Dialect } from './dialect.ts'
import { responses } from './responses/responses.ts'

const DIALECTS = { chat_completions: chat, responses } as const

/** A dialect, as `custom_llm.api_type` of ElevenLabs names it. */
export type ApiType = keyof typeof DIALECTS

export const API_TYPES = Object.keys(DIALECTS) as readonly ApiType[]

/** The dialect of an API type. */
export function dialectOfType(apiType: ApiType): Dialect {
  return DIALECTS[apiType]
}

/** The one whose path a URL ends in; `undefined` for a base URL, and for what is none. */
export function apiTypeAt(url: string): ApiType | undefined {
  if (!URL.canParse(url)) return undefined
  const told = dialectAt(new URL(url).pathname, Object.values(DIALECTS))
  return API_TYPES.find((type) => DIALECTS[type] === told)
}
