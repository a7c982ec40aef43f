import type { IncomingHttpHeaders } from 'node:http'
import { createGunzip, createInflate, createBrotliDecompress, constants } from 'node:zlib'
import type { Dispatcher } from 'undici'
import { describeFailure } from '../../../wire/node.ts'
import { UpstreamError } from '../upstream-error.ts'
import { dispatchOptions } from './dispatch-options.ts'
import type { Answering, ReadBody, Send } from './send.ts'

const FLUSHED = { finishFlush: constants.Z_SYNC_FLUSH }
const DECODERS = {
  gzip: () => createGunzip(FLUSHED),
  deflate: () => createInflate(FLUSHED),
  br: () => createBrotliDecompress({ finishFlush: constants.BROTLI_OPERATION_FLUSH }),
}

/** Sends over connections that are kept; what arrives is taken as it is read from the socket. */
export function sendByUndici(dispatcher: Dispatcher): Send {
  return async (request, signal) => {
    signal.throwIfAborted()
    const receiver = new Receiver(signal)
    dispatcher.dispatch(dispatchOptions(request), receiver)
    const answer = await receiver.answer
    const coding = answer.header('content-encoding')?.toLowerCase()
    if (coding === undefined || coding === 'identity') return answer
    return { ...answer, read: decoded(coding, answer.read) }
  }
}

/** Hands over what undici reports of one exchange. */
class Receiver implements Dispatcher.DispatchHandler {
  readonly #signal: AbortSignal
  readonly #head = Promise.withResolvers<Answering>()
  readonly #body = Promise.withResolvers<void>()
  #controller: Dispatcher.DispatchController | undefined
  #take: (bytes: Uint8Array) => void = () => {}
  #isAnswered = false

  constructor(signal: AbortSignal) {
    this.#signal = signal
    signal.addEventListener('abort', this.#abort, { once: true })
    // Who never reads the body hears of its end nowhere.
    this.#body.promise.catch(() => {})
  }

  get answer(): Promise<Answering> {
    return this.#head.promise
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#signal.aborted) controller.abort(ABORTED)
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    if (status < 200) return
    this.#isAnswered = true
    // Until somebody reads.
    controller.pause()
    this.#head.resolve({
      status,
      header: (name) => headers[name]?.toString(),
      read: (take) => {
        this.#take = take
        controller.resume()
        return this.#body.promise
      },
    })
  }

  onResponseData(controller: Dispatcher.DispatchController, bytes: Buffer): void {
    try {
      this.#take(bytes)
    } catch (error) {
      this.#end(error)
      controller.abort(ABORTED)
    }
  }

  onResponseEnd(): void {
    this.#signal.removeEventListener('abort', this.#abort)
    this.#body.resolve()
  }

  onResponseError(_controller: unknown, error: unknown): void {
    const { message, code } = describeFailure(error)
    const details = { cause: error }
    this.#end(
      this.#isAnswered
        ? new UpstreamError('broken', `${message} (${code})`, details)
        : new UpstreamError('unreachable', `${message} (${code})`, details),
    )
  }

  readonly #abort = (): void => {
    this.#end(this.#signal.reason)
    this.#controller?.abort(ABORTED)
  }

  #end(reason: unknown): void {
    this.#signal.removeEventListener('abort', this.#abort)
    this.#head.reject(reason)
    this.#body.reject(reason)
  }
}

/** What undici is told; who waits is told why. */
const ABORTED = new Error('the request is not wanted any more')

function decoded(coding: string, read: ReadBody): ReadBody {
  if (!(coding in DECODERS))
    throw new UpstreamError('garbled', `its answer is encoded as ${coding}`)
  return (take) =>
    new Promise((resolve, reject) => {
      const decoder = DECODERS[coding as keyof typeof DECODERS]()
      decoder.on('data', (bytes: Buffer) => {
        try {
          take(bytes)
        } catch (error) {
          decoder.destroy(error as Error)
        }
      })
      decoder.on('end', resolve).on('error', reject)
      const feed = (bytes: Uint8Array) => {
        if (decoder.errored) throw decoder.errored
        decoder.write(bytes)
      }
      read(feed).then(
        () => decoder.end(),
        (error: Error) => decoder.destroy(error),
      )
    })
}
