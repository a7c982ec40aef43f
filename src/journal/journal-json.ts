import { escapeJson, pause } from '../wire/index.ts'
import type { Journal } from './journal.ts'

/** A journal as JSON, without secrets, and safe in a log: to find these takes long, so that others have their turn. */
export async function journalJson(journal: Journal, scope?: string): Promise<string> {
  const entries: string[] = []
  for (const entry of journal.entries(scope)) {
    entries.push(escapeJson(JSON.stringify(entry)))
    await pause()
  }
  return `{"entries":[${entries.join(',')}],"dropped":${journal.dropped(scope)}}`
}
