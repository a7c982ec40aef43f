import { responses } from '../../protocol/index.ts'
import type { Evidence } from '../evidence/evidence.ts'
import { showJson } from './show-json.ts'

/** How the first choice of a reply ended, in the words of its API. */
export function showFinish(evidence: Evidence): string {
  if (evidence.dialect.id !== responses.id) {
    return `finish_reason ${showJson(evidence.reading.choices[0]?.finishReason)}`
  }
  return evidence.responses.terminals[0]?.type ?? 'no event that ends the response'
}
