import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { PassThrough, type Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { rawServer } from './raw-server.ts'

/** A handler of Lambda that streams its answer. */
export type StreamingHandler = (
  event: object,
  response: Writable,
  context: object,
) => Promise<unknown>

/** What a handler says before the body. */
export interface ResponseMetadata {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
}

/** A stream of which Lambda knows the status and headers before its first byte. */
class LambdaStream extends PassThrough {
  onMetadata = (_: ResponseMetadata) => {}
}

/** What the Node.js runtime of Lambda puts into the global object. */
export const awslambda = {
  streamifyResponse: (handler: StreamingHandler) => handler,
  HttpResponseStream: {
    from(stream: LambdaStream, metadata: ResponseMetadata) {
      stream.onMetadata(metadata)
      return stream
    },
  },
}

/** Calls a handler with an event, as a function URL does; gives what it answers, piece by piece. */
export async function invoke(handler: StreamingHandler, event: object) {
  const stream = new LambdaStream()
  const metadata = new Promise<ResponseMetadata>((resolve) => (stream.onMetadata = resolve))
  const done = handler(event, stream, { awsRequestId: 'req-1' })
  await Promise.race([metadata, done])
  return { metadata: await metadata, stream, done }
}

/** An event of a function URL, in the format 2.0. */
export function functionUrlEvent(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body?: string,
): object {
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: '',
    headers: {
      'x-amzn-tls-version': 'TLSv1.3',
      'x-amzn-trace-id': 'Root=1-69295d00-1f0f5b0a2c3d4e5f60718293',
      'x-forwarded-for': '203.0.113.7',
      'x-forwarded-port': '443',
      'x-forwarded-proto': 'https',
      ...headers,
      host: 'abcdefghij.lambda-url.eu-west-1.on.aws',
    },
    requestContext: {
      accountId: 'anonymous',
      apiId: 'abcdefghij',
      domainName: 'abcdefghij.lambda-url.eu-west-1.on.aws',
      domainPrefix: 'abcdefghij',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '203.0.113.7', userAgent: 'test' },
      requestId: '5e0cf4b5-6c1c-4a0e-9d36-1f1f7b1f3a55',
      routeKey: '$default',
      stage: '$default',
      time: '27/Nov/2026:21:00:00 +0000',
      timeEpoch: 1_795_813_200_000,
    },
    ...(body !== undefined && { body }),
    isBase64Encoded: false,
  }
}

/** Serves a handler over HTTP, as its function URL would. */
export async function functionUrl(handler: StreamingHandler): Promise<string> {
  return rawServer(async (request: IncomingMessage, response) => {
    const body = await text(request)
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    )
    const path = new URL(request.url!, 'http://any').pathname
    const event = functionUrlEvent(request.method!, path, headers, body || undefined)
    const { metadata, stream, done } = await invoke(handler, event)
    response.writeHead(metadata.statusCode, metadata.headers)
    stream.pipe(response)
    await Promise.all([done, once(stream, 'end')])
  })
}
