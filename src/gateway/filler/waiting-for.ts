import { type ChatRequest, isResult } from '../../protocol/index.ts'
import type { Waiting } from '../answer/answering.ts'
import type { BufferWords } from '../gateway-options.ts'
import { chooseBufferWords } from './choose-buffer-words.ts'

/**
 * What is said to a request while its answer is not there; nothing where nobody would hear it, or the
 * caller was told to wait for a tool already.
 */
export function waitingFor(
  options: BufferWords | undefined,
  { stream, n, messages }: ChatRequest,
  body: string,
): Waiting | undefined {
  if (!options || !stream || (n ?? 1) > 1) return undefined
  if (!options.afterTools && isResult(messages.at(-1)!)) return undefined
  return { afterMs: options.afterMs, words: () => chooseBufferWords(options, messages, body) }
}
