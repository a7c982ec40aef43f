import type { Exchange } from '../../src/wire/index.ts'
import { bytes } from './bytes.ts'

/** A `data:` event; its blank line included. */
export function event(json: unknown): string {
  return `data: ${typeof json === 'string' ? json : JSON.stringify(json)}\n\n`
}

/** A chunk with this delta. */
export function delta(content: object, finish: string | null = null): string {
  return event({ choices: [{ index: 0, delta: content, finish_reason: finish }] })
}

/** A chunk with this text. */
export function says(content: string): string {
  return delta({ content })
}

export const DONE = `${delta({}, 'stop')}${event('[DONE]')}`

/** An exchange whose body arrived in these reads. */
export function exchangeOf(
  reads: readonly (readonly [atMs: number, text: string])[],
  rest: Partial<Exchange> = {},
): Exchange {
  return {
    id: 'bench0-1',
    probe: 'bench',
    startedAt: '2026-01-01T00:00:00.000Z',
    connectMs: 0,
    request: { method: 'POST', url: 'http://localhost/chat/completions', headers: [], body: '{}' },
    response: {
      status: 200,
      statusText: 'OK',
      headers: [['content-type', 'text/event-stream']],
      atMs: 1,
    },
    arrivals: reads.map(([atMs, text]) => ({ atMs, bytes: bytes(text) })),
    decoded: null,
    end: { how: 'complete', atMs: (reads.at(-1)?.[0] ?? 0) + 1 },
    ...rest,
  }
}
