import { lint } from '../../src/conformance/index.ts'
import type { JsonObject } from '../../src/protocol/index.ts'
import type { Exchange } from '../../src/wire/index.ts'
import { bytes } from './bytes.ts'

export const ENVELOPE = {
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'm',
}
export const chunk = (choice: JsonObject, more: JsonObject = {}) =>
  JSON.stringify({
    ...ENVELOPE,
    choices: [{ index: 0, delta: {}, finish_reason: null, ...choice }],
    ...more,
  })
export const ROLE = chunk({ delta: { role: 'assistant', content: '' } })
export const HI = chunk({ delta: { content: 'Hi.' } })
export const STOP = chunk({ finish_reason: 'stop' })
export const CALL = { id: 'a', type: 'function' }
export const stream = (...data: string[]) => data.map((each) => `data: ${each}\n\n`).join('')

/** What a check says of a body: its severity and its message. */
export function said(id: string, body: string | Exchange): string[] {
  const saved =
    typeof body === 'string' ? { file: 'x', body: bytes(body) } : { file: 'x', exchange: body }
  const [file] = lint([saved], { only: [id] }).files
  return file!.checks[0]!.findings.map(({ severity, message }) => `${severity}: ${message}`)
}

/** A recorded exchange whose answer is a good stream, but for what is given. */
export function exchange(
  more: Partial<Exchange>,
  headers: Exchange['request']['headers'] = [],
): Exchange {
  return {
    id: 'recorded-1',
    probe: 'recorded',
    startedAt: '2026-01-01T12:00:00.000Z',
    connectMs: 1,
    request: {
      method: 'POST',
      url: 'https://api.example.com/v1/chat/completions',
      headers,
      body: '{"stream":true,"messages":[{"role":"user","content":"Hi"}]}',
    },
    response: {
      status: 200,
      statusText: 'OK',
      headers: [['content-type', 'text/event-stream']],
      atMs: 1,
    },
    arrivals: [{ atMs: 5, bytes: bytes(stream(ROLE, HI, STOP, '[DONE]')) }],
    decoded: null,
    end: { how: 'complete', atMs: 6 },
    ...more,
  }
}

/** The answer of a recorded exchange: a text of a type, and the Content-Length that goes with it. */
export function answerOf(
  text: string,
  type: string,
  length?: number,
): Pick<Exchange, 'response' | 'arrivals'> {
  return {
    response: {
      status: 200,
      statusText: 'OK',
      headers: [
        ['content-type', type],
        ...(length === undefined ? [] : [['content-length', `${length}`] as const]),
      ],
      atMs: 1,
    },
    arrivals: [{ atMs: 5, bytes: bytes(text) }],
  }
}

/** Why a check did not judge some exchanges of one run, or what else it noted. */
export function reasonOf(id: string, ...exchanges: Exchange[]): string | null {
  const saved = exchanges.map((each, i) => ({ file: `${i}`, exchange: each }))
  return lint(saved, { only: [id] }).files[0]!.checks[0]!.reason
}

/** What a check says is to be done about an exchange. */
export function fixOf(id: string, judged: Exchange): string | undefined {
  const [file] = lint([{ file: 'x', exchange: judged }], { only: [id] }).files
  return file!.checks[0]!.advice?.fix
}
