import type { ChatRequest } from '../../chat-request.ts'
import { fingerprint } from '../../json/fingerprint.ts'

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
  /** What all of them are derived from. */
  readonly print: number
  callId(choice: number, call: number): string
}

export function identify(request: ChatRequest, seed: number): Identity {
  const { stream: _, stream_options: __, ...asked } = request
  const print = fingerprint(seed, asked)
  return {
    print,
    envelope: {
      id: `chatcmpl-${base36(print)}`,
      created: EPOCH_SECONDS + (print % 86_400),
      model: request.model,
      system_fingerprint: `fp_${base36(fingerprint(seed)).slice(-10)}`,
    },
    callId: (choice, call) => `call_${base36(fingerprint(print, choice, call))}`,
  }
}

/** Numbers a request by what tells it apart, the same one by the same number. */
export function requestIdOf(seed: number, ...parts: readonly string[]): string {
  return `req_${base36(fingerprint(seed, ...parts))}`
}

function base36(print: number): string {
  return print.toString(36).padStart(11, '0')
}
