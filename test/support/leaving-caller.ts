import { type Agent, request } from 'node:http'

/** When a caller hangs up; `null`: when the answer is over. */
export type Leaves =
  | 'before the head'
  | 'at the first byte'
  | 'in mid-stream'
  | 'at the finish'
  | null

export interface CallerOptions {
  readonly url: string
  readonly agent: Agent
  /** What is asked; no two requests are the same. */
  readonly text: string
  readonly leaves: Leaves
  /** Resolves when the request has come through to the upstream. */
  readonly cameThrough: Promise<unknown>
  readonly headers?: Readonly<Record<string, string>>
}

/** Asks for a stream, and hangs up in time; gives the status, 0 where there was none, and what was heard. */
export function callAndLeave(options: CallerOptions): Promise<{ status: number; body: string }> {
  const { url, agent, text, leaves, cameThrough, headers = {} } = options
  const { promise, resolve } = Promise.withResolvers<{ status: number; body: string }>()
  let status = 0
  let body = ''
  const asked = request(`${url}/chat/completions`, {
    method: 'POST',
    agent,
    headers: { 'content-type': 'application/json', ...headers },
  })
  const isTime = () => {
    if (leaves === 'at the first byte') return true
    if (leaves === 'in mid-stream') return body.split('\n\n').length > 4
    return leaves === 'at the finish' && body.endsWith('data: [DONE]\n\n')
  }
  asked.on('response', (response) => {
    status = response.statusCode!
    response.setEncoding('utf8')
    response.on('data', (piece: string) => {
      body += piece
      if (isTime()) asked.destroy()
    })
    response.on('error', () => {})
  })
  asked.on('error', () => {})
  asked.on('close', () => resolve({ status, body }))
  if (leaves === 'before the head') void cameThrough.then(() => asked.destroy())
  asked.end(
    JSON.stringify({ model: 'm', stream: true, messages: [{ role: 'user', content: text }] }),
  )
  return promise
}
