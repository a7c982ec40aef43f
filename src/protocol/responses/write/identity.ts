import type { ReplyForm } from '../../dialect.ts'
import { base36, fingerprint } from '../../json/fingerprint.ts'

// Midnight of 1 January 2026, UTC: answers belong to no particular day.
const EPOCH_SECONDS = 1_767_225_600

/** The names that a response and its items bear, derived from the seed and the request alone. */
export interface Identity {
  readonly responseId: string
  readonly createdAt: number
  itemId(prefix: 'msg' | 'fc' | 'ctc' | 'rs', outputIndex: number): string
  callId(call: number): string
  /** A text as nobody else can read it. */
  encrypted(text: string): string
}

/** Names a response to a request, whose hash is `print`. */
export function identify({ print }: Pick<ReplyForm, 'print'>): Identity {
  return {
    responseId: `resp_${base36(print)}`,
    createdAt: EPOCH_SECONDS + (print % 86_400),
    itemId: (prefix, outputIndex) => `${prefix}_${base36(fingerprint(print, 'item', outputIndex))}`,
    encrypted: (text) =>
      `gAAAA${base36(fingerprint(print, 'encrypted', text))}${base36(fingerprint(text))}==`,
    // The same as in a chat completion.
    callId: (call) => `call_${base36(fingerprint(print, 0, call))}`,
  }
}
