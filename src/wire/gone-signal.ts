import type { ServerResponse } from 'node:http'

/** Aborts when the client leaves before the answer is over. */
export function goneSignal(response: ServerResponse): AbortSignal {
  const gone = new AbortController()
  const onClose = () => {
    if (!response.writableFinished) gone.abort()
  }
  if (response.destroyed) onClose()
  else response.on('close', onClose)
  return gone.signal
}
