import { UpstreamError } from '../upstream-error.ts'
import type { ReadBody, Send } from './send.ts'

/** Sends by the `fetch` of the runtime. */
export const sendByFetch: Send = async ({ method, url, headers, body }, signal) => {
  let response
  try {
    response = await fetch(url, {
      method,
      headers: headers.map(([name, value]): [string, string] => [name, value]),
      ...(body !== null && { body }),
      signal,
      redirect: 'manual',
    })
  } catch (error) {
    throw failureOf(error, signal, 'unreachable')
  }
  return {
    status: response.status,
    header: (name) => response.headers.get(name) ?? undefined,
    read: reading(response.body, signal),
  }
}

function reading(body: ReadableStream<Uint8Array> | null, signal: AbortSignal): ReadBody {
  return async (take) => {
    const reader = body?.getReader()
    if (!reader) return
    try {
      for (;;) {
        const { done, value } = await reader.read()
        if (done) return
        take(value)
      }
    } catch (error) {
      throw failureOf(error, signal, 'broken')
    } finally {
      reader.cancel().catch(() => {})
    }
  }
}

function failureOf(error: unknown, signal: AbortSignal, fault: 'unreachable' | 'broken'): unknown {
  if (signal.aborted) return signal.reason
  if (error instanceof UpstreamError) return error
  const { message, cause } = error as Error
  const { code = message } = (cause ?? {}) as NodeJS.ErrnoException
  return new UpstreamError(fault, code, { cause: error })
}
