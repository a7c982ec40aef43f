import {
  type ChatRequest,
  dialectAt,
  dialects,
  isJsonObject,
  parseJson,
} from '../protocol/index.ts'
import { pathOf } from '../wire/index.ts'
import { Situation } from './scenario/match/situation.ts'
import type { JournalEntry } from '../journal/index.ts'

/** What a request said; `undefined` when it asked for no answer. */
export function situationOf(entry: JournalEntry): Situation | undefined {
  const request = entry.request ?? requestOf(entry)
  return request && new Situation(request, entry.headers, () => 1)
}

function requestOf({ url, body }: JournalEntry): ChatRequest | undefined {
  const json = parseJson(body ?? '')
  if (!isJsonObject(json)) return undefined
  const inWords = dialectAt(pathOf(url), dialects)?.inChatWords(json)
  return Array.isArray(inWords?.['messages']) ? (inWords as unknown as ChatRequest) : undefined
}
