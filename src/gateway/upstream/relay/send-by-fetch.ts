import { UpstreamError } from '../upstream-error.ts'
import type { Send } from './send.ts'

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
    headers: [...response.headers],
    body: bytesOf(response.body, signal),
  }
}

async function* bytesOf(
  body: ReadableStream<Uint8Array> | null,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader()
  if (!reader) return
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } catch (error) {
    throw failureOf(error, signal, 'broken')
  } finally {
    reader.cancel().catch(() => {})
  }
}

function failureOf(error: unknown, signal: AbortSignal, fault: 'unreachable' | 'broken'): unknown {
  if (signal.aborted) return signal.reason
  const { message, cause } = error as Error
  const { code = message } = (cause ?? {}) as NodeJS.ErrnoException
  return new UpstreamError(fault, code, { cause: error })
}
