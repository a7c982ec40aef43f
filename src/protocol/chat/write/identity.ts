import type { ReplyForm } from '../../dialect.ts'
import { base36, fingerprint } from '../../json/fingerprint.ts'

// Midnight of 1 January 2026, UTC: answers belong to no particular day.
const EPOCH_SECONDS = 1_767_225_600

/** The names an answer bears, derived from the seed and the request alone. */
export interface Identity {
  readonly envelope: {
    readonly id: string
    readonly created: number
    readonly model: string
    readonly system_fingerprint: string
  }
  callId(choice: number, call: number): string
}

/** Names an answer to a request, whose hash is `print`. */
export function identify({ request, print, seed }: ReplyForm): Identity {
  return {
    envelope: {
      id: `chatcmpl-${base36(print)}`,
      created: EPOCH_SECONDS + (print % 86_400),
      model: request.model,
      system_fingerprint: `fp_${base36(fingerprint(seed)).slice(-10)}`,
    },
    callId: (choice, call) => `call_${base36(fingerprint(print, choice, call))}`,
  }
}
