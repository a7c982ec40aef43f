import type { FastifyReply, FastifyRequest } from 'fastify'
import { type JournalEntry, maskOf } from '../journal/index.ts'
import { type Ending, withoutSecretsInUrl } from '../wire/index.ts'
import { headersOf } from '../wire/node.ts'

/** A request whose answer is over. */
export interface Answered {
  readonly method: string
  /** Without secrets. */
  readonly url: string
  /** `null` when it came to no answer. */
  readonly status: number | null
  readonly ending: Ending
  /** Milliseconds from the request to the end of its answer. */
  readonly ms: number
  /** What the journal holds of it, if it asked for a chat completion. */
  readonly entry: JournalEntry | undefined
}

declare module 'fastify' {
  interface FastifyRequest {
    /** What the journal holds of it. */
    journalEntry: JournalEntry | undefined
  }
}

/** Tells of a request, which has just come, when its answer is over. */
export function tellAnswered(
  request: FastifyRequest,
  { raw }: FastifyReply,
  tell: (answered: Answered) => void,
): void {
  const began = performance.now()
  raw.once('close', () => {
    const ms = performance.now() - began
    // The journal hears of the end at the same time.
    setImmediate(() => {
      const entry = request.journalEntry
      tell({
        method: request.method,
        url: urlOf(request),
        status: raw.headersSent ? raw.statusCode : null,
        ending: entry?.ending ?? (raw.writableFinished ? 'complete' : 'client-left'),
        ms,
        entry,
      })
    })
  })
}

/** A path that leads somewhere holds no secret; a URL that cannot be decoded leads nowhere. */
function urlOf({ url, routeOptions, raw }: FastifyRequest): string {
  if (url === routeOptions.url) return url
  return maskOf({ url, headers: headersOf(raw) }).text(withoutSecretsInUrl(url))
}
