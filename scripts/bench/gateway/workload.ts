import { agentRequest } from '../agent-request.ts'

/** How an upstream is to answer; it reads it in the words of the caller, which every gateway passes on. */
export interface Pace {
  readonly words: number
  /** Before the first word, and between two. */
  readonly gapMs: number
}

/** A request of an agent; no two of callers with different numbers are the same. */
export function requestFor(
  { words, gapMs }: Pace,
  caller: number,
  headers: Readonly<Record<string, string>>,
): Buffer {
  const user = `This is caller ${caller}. Say ${words} words, one every ${gapMs} ms.`
  return agentRequest(user, headers)
}

/** The pace that a request asks for. */
export function paceIn(body: string): Pace {
  const [, words, gapMs] = /Say (\d+) words, one every (\d+) ms/.exec(body)!
  return { words: Number(words), gapMs: Number(gapMs) }
}
