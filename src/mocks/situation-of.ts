import { type ChatRequest, isJsonObject, parseJson } from '../protocol/index.ts'
import { Situation } from './scenario/match/situation.ts'
import type { JournalEntry } from '../journal/index.ts'

/** What a request said; `undefined` when it was no chat request. */
export function situationOf({ body, headers }: JournalEntry): Situation | undefined {
  const json = parseJson(body ?? '')
  if (!isJsonObject(json) || !Array.isArray(json['messages'])) return undefined
  return new Situation(json as unknown as ChatRequest, headers, () => 1)
}
