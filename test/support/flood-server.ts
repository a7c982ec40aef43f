// A thread whose answers are megabytes, written at once: whoever reads them has more to do than it.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parentPort } from 'node:worker_threads'
import { DONE, says } from './exchanges.ts'

const COMMENT = `: ${'x'.repeat(2 * 1024 * 1024)}\n\n`
const BODY = Buffer.from(`${COMMENT}${says('Hi.')}${DONE}`)

const server = createServer((request, response) => {
  request.resume()
  response.writeHead(200, { 'content-type': 'text/event-stream' }).end(BODY)
}).listen(0, '127.0.0.1', () => parentPort!.postMessage((server.address() as AddressInfo).port))
