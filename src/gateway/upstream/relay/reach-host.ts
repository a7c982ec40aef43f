import { refusalOf } from './refusal-of.ts'
import type { Send } from './send.ts'
import { startOf } from './start-of.ts'

/**
 * Finds out whether anything answers at an address.
 *
 * @throws UpstreamError where nothing does, or says that it cannot.
 */
export async function reachHost(url: string, send: Send, signal: AbortSignal): Promise<void> {
  const answer = await send({ method: 'GET', url, headers: [], body: null }, signal)
  const body = await startOf(answer)
  if (answer.status >= 500) throw refusalOf(answer, body)
}
