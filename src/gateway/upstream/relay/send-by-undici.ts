import { Readable } from 'node:stream'
import { createGunzip, createInflate, createBrotliDecompress, constants } from 'node:zlib'
import type { Dispatcher } from 'undici'
import {
  type End,
  type Frame,
  type HttpRequest,
  headerValue,
  type LiveReply,
} from '../../../wire/index.ts'
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

/** No generator: each piece would wait for more promises. */
function bytesOf(
  { frames }: LiveReply,
  signal: AbortSignal,
): AsyncIterableIterator<Uint8Array, undefined> {
  const source = frames[Symbol.asyncIterator]()
  return {
    async next() {
      try {
        const { done, value } = await source.next()
        if (done) return OVER
        return { done: false, value: bytesIn(value) }
      } catch (error) {
        signal.throwIfAborted()
        throw new UpstreamError('broken', (error as Error).message, { cause: error })
      }
    },
    async return() {
      await source.return?.()
      return OVER
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

const OVER: IteratorReturnResult<undefined> = { done: true, value: undefined }
const NOTHING = new Uint8Array()

function bytesIn(frame: Frame): Uint8Array {
  return frame.kind === 'bytes' && typeof frame.bytes !== 'string' ? frame.bytes : NOTHING
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
