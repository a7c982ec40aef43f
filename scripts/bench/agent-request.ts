import { requestBytes } from './connection.ts'

export const PROMPT = `You are Ava, the voice of a shop. ${'Be brief and kind. '.repeat(50)}`

/** A request of about 1.3 kB, as an agent sends it. */
export function agentRequest(user: string, headers: Readonly<Record<string, string>> = {}): Buffer {
  const body = {
    model: 'custom-model',
    stream: true,
    temperature: 0,
    messages: [
      { role: 'system', content: PROMPT },
      { role: 'user', content: user },
    ],
  }
  return requestBytes(JSON.stringify(body), headers)
}
