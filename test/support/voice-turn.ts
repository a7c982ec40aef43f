/** The key that callers of what is deployed in a test bear. */
export const CALLER_KEY = 'sk-of-the-voice-platform'

export interface VoiceTurn {
  readonly content?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

/** A streamed turn, as a voice platform asks for it. */
export function voiceTurn(
  base: string,
  { content = 'Hello', headers, signal }: VoiceTurn,
): Request {
  const messages = [{ role: 'user', content }]
  return new Request(`${base}/chat/completions`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${CALLER_KEY}`,
      ...headers,
    },
    body: JSON.stringify({ model: 'any', stream: true, messages }),
    ...(signal && { signal }),
  })
}

/** What is said in a stream, joined. */
export function saidIn(events: string): string {
  const pieces = events.matchAll(/"content":("(?:[^"\\]|\\.)*")/g)
  return Array.from(pieces, ([, piece]) => JSON.parse(piece!) as string).join('')
}
