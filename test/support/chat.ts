import { type ChatReading, type JsonObject, readChat } from '../../src/protocol/index.ts'
import { decodeSse } from '../../src/wire/index.ts'
import type { ChatRequest, FetchFunction } from '../../src/mocks/index.ts'
import { bytes } from './bytes.ts'

const CHAT_URL = 'https://mock.test/v1/chat/completions'

/** A request in which the user says something. */
export function saying(user: string, rest: Partial<ChatRequest> = {}): ChatRequest {
  return { model: 'm', messages: [{ role: 'user', content: user }], stream: true, ...rest }
}

export function offering(...names: string[]): Pick<ChatRequest, 'tools'> {
  return { tools: names.map((name) => ({ type: 'function', function: { name } })) }
}

export function post(
  fetch: FetchFunction,
  request: ChatRequest,
  headers: Record<string, string> = {},
  url = CHAT_URL,
): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(request),
  })
}

/** The payloads of a stream. */
export async function payloads(response: Response): Promise<string[]> {
  const body = bytes(await response.text())
  return decodeSse([{ atMs: 0, bytes: body }]).events.map(({ data }) => data)
}

/** A stream, joined. */
export async function joined(response: Response): Promise<ChatReading> {
  const data = await payloads(response)
  return readChat(data.map((each) => ({ name: undefined, data: each })))
}

/** Chunks, joined. */
export function readChunks(chunks: readonly JsonObject[]): ChatReading {
  return readChat(chunks.map((chunk) => ({ name: undefined, data: JSON.stringify(chunk) })))
}

/** What the first choice of a stream says. */
export async function said(response: Response): Promise<string> {
  return (await joined(response)).choices[0]!.text
}
