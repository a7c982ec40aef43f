import type { Socket } from 'node:net'
import { errorReply } from '../../protocol/index.ts'
import { encodeFrame } from '../../wire/index.ts'
import { nodeHttp } from '../../wire/node.ts'

/** Answers on a connection what is no request of HTTP, or did not come in time; then closes it. */
export function answerClientError({ code }: NodeJS.ErrnoException, socket: Socket): void {
  if (code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const [status, message] = WHY[code ?? ''] ?? [400, 'This is no request of HTTP.']
  const { headers, frames } = errorReply({ status, message })
  const body = frames.map((frame) => (frame.kind === 'bytes' ? encodeFrame(frame) : '')).join('')
  const lines = [
    `HTTP/1.1 ${status} ${nodeHttp.STATUS_CODES[status]}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ]
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy())
}

const WHY: Readonly<Record<string, readonly [number, string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not come in time.'],
  HPE_HEADER_OVERFLOW: [431, 'The headers of the request are too large.'],
}
