import { Readable } from 'node:stream'
import { createGunzip, createInflate, createBrotliDecompress, constants } from 'node:zlib'
import type { Dispatcher } from 'undici'
import { type End, type HttpRequest, headerValue, type LiveReply } from '../../../wire/index.ts'
import { relay } from '../../../wire/node.ts'
import { UpstreamError } from '../upstream-error.ts'
import type { Send } from './send.ts'

const FLUSHED = { finishFlush: constants.Z_SYNC_FLUSH }
const DECODERS = {
  gzip: () => createGunzip(FLUSHED),
  deflate: () => createInflate(FLUSHED),
  br: () => createBrotliDecompress({ finishFlush: constants.BROTLI_OPERATION_FLUSH }),
}

/** Sends over connections that are kept, and read without a stream between. */
export function sendByUndici(dispatcher: Dispatcher, timeoutMs: number): Send {
  return async (request: HttpRequest, signal) => {
    const { reply, record } = await relay(request, { dispatcher, timeoutMs, keepBytes: 0, signal })
    if (!reply) {
      signal.throwIfAborted()
      const { end } = await record
      throw new UpstreamError(end.how === 'timeout' ? 'late' : 'unreachable', wordsFor(end))
    }
    const coding = headerValue(reply.headers, 'content-encoding')?.toLowerCase()
    return {
      status: reply.status,
      headers: reply.headers,
      body:
        coding === undefined || coding === 'identity'
          ? bytesOf(reply, signal)
          : decoded(coding, bytesOf(reply, signal)),
    }
  }
}

async function* bytesOf({ frames }: LiveReply, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    for await (const frame of frames) {
      if (frame.kind === 'bytes' && typeof frame.bytes !== 'string') yield frame.bytes
    }
  } catch (error) {
    signal.throwIfAborted()
    throw new UpstreamError('broken', (error as Error).message, { cause: error })
  }
}

function decoded(coding: string, bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  if (!(coding in DECODERS))
    throw new UpstreamError('garbled', `its answer is encoded as ${coding}`)
  const decoder = DECODERS[coding as keyof typeof DECODERS]()
  const source = Readable.from(bytes)
  source.on('error', (error) => decoder.destroy(error))
  decoder.on('close', () => source.destroy())
  return source.pipe(decoder)
}

function wordsFor(end: End): string {
  return end.how === 'failed' ? `${end.message} (${end.code})` : end.how
}
