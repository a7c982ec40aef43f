import { asksForAnswer } from '../../protocol/index.ts'
import type { ExchangeJson } from '../../wire/index.ts'

/** What passes a tap beside the calls, such as a list of models, is saved with them, and is none. */
export function isBesideCalls({
  probe,
  request,
}: Pick<ExchangeJson, 'probe' | 'request'>): boolean {
  return probe === 'tap' && !asksForAnswer(request)
}
